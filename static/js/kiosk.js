/* On a device of the service centre: warns after a while without a touch, then clears; a touch tells the server that somebody is here. ES5 for old devices. */
(function () {
  "use strict";
  var doc = document;
  var box = doc.querySelector("[data-idle]");
  if (!box) { return; }
  var idle = Number(box.getAttribute("data-idle"));
  var warn = Number(box.getAttribute("data-warn"));
  var still = box.getAttribute("data-still");
  var count = box.querySelector("[data-left]");
  var last = Date.now();
  var told = last;

  function tell() {
    var request = new XMLHttpRequest();
    request.open("POST", still);
    request.setRequestHeader("X-CSRFToken", JSON.parse(doc.body.getAttribute("hx-headers"))["X-CSRFToken"]);
    request.send();
    told = Date.now();
  }
  function touched() {
    last = Date.now();
    box.hidden = true;
    if (still && last - told > 30000) { tell(); }
  }
  ["click", "keydown", "input", "scroll", "touchstart", "mousemove"].forEach(function (name) { doc.addEventListener(name, touched, true); });
  window.setInterval(function () {
    var quiet = (Date.now() - last) / 1000;
    if (quiet >= idle) { window.location.replace(box.getAttribute("data-leave")); return; }
    if (quiet >= warn) { box.hidden = false; count.textContent = String(Math.ceil(idle - quiet)); }
  }, 1000);
  /* A page from the way back is not shown again: it is asked for anew, and then belongs to nobody */
  window.addEventListener("pageshow", function (event) { if (event.persisted) { window.location.reload(); } });
}());
