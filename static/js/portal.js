/* Small helps on top of pages that work without them: print, share, read aloud, focus after a change, one submit at a time. ES5 for old phones. */
(function () {
  "use strict";
  var doc = document;
  var live = doc.getElementById("live");

  function each(selector, act, within) {
    Array.prototype.forEach.call((within || doc).querySelectorAll(selector), act);
  }
  function say(text) {
    if (!live || !text) { return; }
    live.textContent = "";
    window.setTimeout(function () { live.textContent = text; }, 60);
  }
  function nearest(node, selector) {
    while (node && node.nodeType === 1) {
      if ((node.matches || node.msMatchesSelector).call(node, selector)) { return node; }
      node = node.parentNode;
    }
    return null;
  }

  /* A staff table becomes cards on a phone: each cell says its heading. Tables of figures scroll, and those with merged cells */
  function makeCards(within) {
    if (window.innerWidth > 719) { return; }
    each(".staff .table-region > .table:not(.table-cards):not(.table-figures)", function (table) {
      var heads = table.tHead && table.tHead.rows.length === 1 ? table.tHead.rows[0].cells : [];
      var rows = [].concat.apply([], Array.prototype.map.call(table.tBodies, function (body) { return [].slice.call(body.rows); }));
      var plain = heads.length > 1 && rows.every(function (row) { return row.cells.length === heads.length; });
      if (!plain || table.querySelector("[colspan], [rowspan], tfoot")) { return; }
      rows.forEach(function (row) {
        each("td", function (cell) {
          if (cell.textContent.trim()) { cell.setAttribute("data-head", heads[cell.cellIndex].textContent.trim()); }
        }, row);
      });
      table.className += " table-cards";
    }, within);
  }

  /* Print */
  function showPrint(within) { each("[data-print]", function (button) { button.hidden = false; }, within); }

  /* Share: the phone's own sheet, else the clipboard, else the link to copy by hand */
  function share(button) {
    var link = doc.querySelector("link[rel=canonical]");
    var url = link ? link.href : window.location.href;
    var done = function () { say(button.getAttribute("data-done")); flash(button); };
    var ask = function () { window.prompt(button.getAttribute("data-ask"), url); };
    if (navigator.share) { navigator.share({ title: doc.title, url: url }).then(null, function () {}); return; }
    if (navigator.clipboard && navigator.clipboard.writeText) { navigator.clipboard.writeText(url).then(done, ask); return; }
    ask();
  }
  function flash(button) {
    var before = button.textContent;
    button.textContent = button.getAttribute("data-done");
    window.setTimeout(function () { button.textContent = before; }, 2500);
  }

  /* Read aloud: the text of <main>, a paragraph at a time, so that long pages do not stop halfway */
  var voice = "speechSynthesis" in window && "SpeechSynthesisUtterance" in window ? window.speechSynthesis : null;
  function passages() {
    var found = [];
    each("main h1, main h2, main h3, main p, main li, main dt, main dd, main th, main td, main label, main legend", function (node) {
      var hidden = !node.offsetParent || nearest(node, "[aria-hidden=true]");
      var inner = node.querySelector("p, li, dd, td, label, h1, h2, h3");
      var text = (node.innerText || "").replace(/\s+/g, " ").trim();
      if (!hidden && !inner && text) { found.push(text); }
    });
    return found;
  }
  function read(button) {
    var name = button.getAttribute("data-name") || button.textContent;
    button.setAttribute("data-name", name);
    if (voice.speaking || voice.pending) { voice.cancel(); button.textContent = name; return; }
    var rows = passages();
    button.textContent = button.getAttribute("data-stop");
    rows.forEach(function (text, place) {
      var words = new window.SpeechSynthesisUtterance(text);
      words.lang = doc.documentElement.lang;
      words.rate = 0.95;
      if (place === rows.length - 1) { words.onend = function () { button.textContent = name; }; }
      voice.speak(words);
    });
    if (!rows.length) { button.textContent = name; }
  }

  /* One submit at a time; a page brought back by the browser may be sent again */
  function hold(form) {
    if (form.getAttribute("aria-busy") === "true") { return false; }
    form.setAttribute("aria-busy", "true");
    return true;
  }
  function release() { each("form[aria-busy]", function (form) { form.removeAttribute("aria-busy"); }); }

  doc.addEventListener("click", function (event) {
    var target = event.target;
    var button = nearest(target, "[data-print], [data-share], [data-read]");
    if (button) {
      if (button.hasAttribute("data-print")) { window.print(); }
      if (button.hasAttribute("data-share")) { share(button); }
      if (button.hasAttribute("data-read") && voice) { read(button); }
      return;
    }
    if (nearest(target, "a[href^='/reading?']")) { putAside(); return; }
    var away = nearest(target, "a[data-leaves]");
    if (away && !window.confirm(away.getAttribute("data-leaves") + "\n" + away.hostname)) { event.preventDefault(); }
  });
  doc.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented || form.method === "get" || form.hasAttribute("hx-post")) { return; }
    if (!hold(form)) { event.preventDefault(); }
  });
  window.addEventListener("pageshow", release);
  window.addEventListener("pagehide", function () { if (voice) { voice.cancel(); } });

  /* Staff: j and k go to the next and the previous item, keeping the filter in their links; o opens the one beside the
     queue; a digit chooses among the answers of a form that says data-digits,
     and goes on to the field that it names unless the answer is the plain one */
  doc.addEventListener("keydown", function (event) {
    var typing = nearest(event.target, "input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]");
    if (typing || event.altKey || event.ctrlKey || event.metaKey) { return; }
    var choice = /^[1-9]$/.test(event.key) && doc.querySelectorAll("[data-digits] input[type=radio]")[Number(event.key) - 1];
    if (choice) {
      var answers = nearest(choice, "[data-digits]");
      var next = answers.getAttribute("data-digits");
      choice.click();
      (next && choice.value !== answers.getAttribute("data-plain") && answers.querySelector(next) || choice).focus();
      event.preventDefault();
    }
    var pressed = event.key === "o" && doc.querySelector("a[data-keys][data-open]");
    if (pressed) { pressed.click(); }
    var rel = { j: "next", k: "prev" }[event.key];
    var link = rel && doc.querySelector("a[data-keys][rel=" + rel + "]");
    if (link) { link.click(); }
  });

  /* After htmx changed a part: say so and move to what matters there */
  doc.addEventListener("htmx:beforeRequest", function (event) {
    if (event.detail.target) { event.detail.target.setAttribute("aria-busy", "true"); }
  });
  doc.addEventListener("htmx:afterRequest", function (event) {
    if (event.detail.target) { event.detail.target.removeAttribute("aria-busy"); }
    release();
  });
  doc.addEventListener("htmx:afterSettle", function (event) {
    var part = event.detail.target || doc;
    showPrint(part);
    makeCards(part);
    var place = part.querySelector(".error-summary, [data-focus]");
    if (place) { place.focus(); }
    var told = part.querySelector("[data-say]");
    if (told) { say(told.getAttribute("data-say")); }
  });
  doc.addEventListener("htmx:sendError", function () { say(doc.body.getAttribute("data-offline")); });

  /* Before the session ends: say so, with a button that goes on; what is typed stays on the page (A11) */
  var leaving = doc.getElementById("leaving");
  var ends = 0;
  function lasts(seconds) { ends = new Date().getTime() + seconds * 1000; tellLeaving(); }
  function tellLeaving() {
    var left = ends - new Date().getTime();
    var over = left <= 0;
    leaving.hidden = left > Number(leaving.getAttribute("data-warn")) * 1000;
    each("[data-before]", function (part) { part.hidden = over; }, leaving);
    each("[data-after]", function (part) { part.hidden = !over; }, leaving);
  }
  function goOn() {
    var asked = new XMLHttpRequest();
    var token = JSON.parse(doc.body.getAttribute("hx-headers"));
    asked.open("POST", leaving.getAttribute("data-still"));
    asked.setRequestHeader("X-CSRFToken", token["X-CSRFToken"]);
    asked.onload = function () {
      var left = 0;
      try { left = JSON.parse(asked.responseText).left; } catch (error) { left = 0; }
      lasts(left);
    };
    asked.onerror = function () { say(doc.body.getAttribute("data-offline")); };
    asked.send();
  }
  if (leaving) {
    lasts(Number(leaving.getAttribute("data-left")));
    window.setInterval(tellLeaving, 5000);
    leaving.querySelector("button").addEventListener("click", goOn);
    doc.addEventListener("htmx:afterRequest", function (event) {
      if (event.detail.successful) { lasts(Number(leaving.getAttribute("data-left"))); }
    });
  }

  /* A reading switch loads the page anew: what is typed and not yet sent lies aside for that moment and is put back */
  var ASIDE = "typed";
  function typed() {
    var kinds = "[type=hidden], [type=password], [type=file], [type=submit], [autocomplete=one-time-code]";
    return Array.prototype.filter.call(doc.querySelectorAll("main form[method=post] [name]"), function (field) {
      return "value" in field && field.tagName !== "BUTTON" && !(field.matches || field.msMatchesSelector).call(field, kinds);
    });
  }
  function box(field) { return field.type === "checkbox" || field.type === "radio"; }
  function value(field) { return box(field) ? field.checked : field.value; }
  function putAside() {
    var held = typed().map(function (field) { return [field.name, value(field)]; });
    try { window.sessionStorage.setItem(ASIDE, JSON.stringify([window.location.pathname, held])); } catch (error) { return; }
  }
  function putBack() {
    var aside = null;
    try { aside = JSON.parse(window.sessionStorage.getItem(ASIDE)); window.sessionStorage.removeItem(ASIDE); } catch (error) { return; }
    if (!aside || aside[0] !== window.location.pathname) { return; }
    typed().forEach(function (field, place) {
      var held = aside[1][place];
      if (!held || held[0] !== field.name || held[1] === value(field)) { return; }
      field[box(field) ? "checked" : "value"] = held[1];
      var event = doc.createEvent("Event");
      event.initEvent("change", true, true);
      field.dispatchEvent(event);
    });
  }
  putBack();

  showPrint(doc);
  makeCards(doc);
  each("[data-share]", function (button) { button.hidden = false; });
  if (voice) { each("[data-read]", function (button) { button.hidden = false; }); }
  var summary = doc.querySelector(".error-summary[tabindex]");
  if (summary) { summary.focus(); }
}());
