"""A community worker brings a roster in and mends what was left out; newcomers prove that they live here in three ways;
a family books the last place of a course; a daughter acts for her mother until the proxy is revoked; a worker is replaced
and her open queue goes to the successor."""

import re
import zlib
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook
from xlsxwriter import Workbook

from tests.journeys.browser import PHONE, Person
from tests.journeys.stack import demo_portal

pytestmark = [pytest.mark.browser, pytest.mark.processes]
ROWS, BAD = 10_000, 200
HEADINGS = ["姓名", "联系电话", "小区名称", "年龄", "备注"]
CODE = re.compile(r"[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}")


def sheet_of(rows, path):
    book = Workbook(str(path), {"constant_memory": True})
    page = book.add_worksheet()
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    book.close()
    return str(path)


def roster(path):
    """Every tenth row lacks its number; 周建国, who waits to be confirmed, is on it."""
    names = [f"{'王李张刘陈杨黄赵吴周'[n % 10]}{chr(0x4E00 + n // 10)}{chr(0x5E00 + n % 97)}" for n in range(ROWS)]
    rows = [[name, "" if n % (ROWS // BAD) == 3 else f"135{n:08d}", "东区", 20 + n % 60, ""] for n, name in enumerate(names)]
    rows[0] = ["周建国", "139 0000 1002", "龙岭花园", 66, ""]
    return sheet_of([HEADINGS, *rows], path)


def mended(taken, path):
    rows = [list(row) for row in load_workbook(taken).active.iter_rows(values_only=True)]
    assert len(rows) == BAD + 1 and all(row[-1] for row in rows[1:])
    for number, row in enumerate(rows[1:]):
        row[1] = f"136{number:08d}"
    return sheet_of(rows, path)


def takes_in(worker, file):
    worker.opens("/rosters/")
    worker.page.set_input_files("input[type=file]", file)
    worker.presses("上传名册")
    worker.presses("检查名册")
    worker.page.get_by_role("button", name="按预览导入").wait_for(timeout=60_000)


def confirms(worker):
    worker.presses("按预览导入")
    worker.page.get_by_text("原文件已删除").wait_for(timeout=60_000)


def is_found(resident):
    """(a) The community's roster has her."""
    resident.becomes("林雪梅")
    resident.opens("/residents/home/")
    resident.presses("与名册核对")
    resident.reads("核对一致，您的居住登记已核实。")


def brings_in(worker, tmp_path):
    worker.becomes("陈晓敏")
    takes_in(worker, roster(tmp_path / "名册.xlsx"))
    worker.reads(f"没有手机号。没有手机的居民请当面核实，或发纸质验证码：{BAD} 行")
    worker.saves("下载不导入的行").save_as(tmp_path / "rejects.xlsx")
    confirms(worker)
    worker.reads("1 位等待核实的居民随之核实")


def mends(worker, tmp_path):
    takes_in(worker, mended(tmp_path / "rejects.xlsx", tmp_path / "mended.xlsx"))
    assert "为什么有些行不导入" not in worker.words
    confirms(worker)


def is_seen(resident, worker):
    """(b) A letter's code, mistyped; then the counter."""
    resident.becomes("何玉兰")
    resident.opens("/residents/home/")
    resident.presses("输入验证码")
    resident.fills("信上的验证码", "abcd-2345")
    resident.presses("核实居住")
    resident.reads("没有这个验证码，请对照信纸再输一次。")
    worker.opens("/residents/desk/")
    worker.clicks(worker.page.get_by_role("link", name="核实 何"))
    worker.page.get_by_label("属实，确认居住").check()
    worker.page.get_by_label("核实依据").select_option(label="租赁合同或租赁凭证")
    worker.presses("提交核实结果")
    worker.reads("已记录，居民会收到通知。")
    resident.opens("/residents/home/")
    resident.reads("社区工作者当面核实")


def printed_in(file) -> str:
    """The code on a letter, as eyes find it: glyphs by the fonts' own tables."""
    streams = [zlib.decompress(part) for part in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", file, re.S) if part[:1] == b"x"]
    fonts = [dict(re.findall(rb"<([0-9a-f]+)> <([0-9a-f]+)>", part)) for part in streams if b"beginbfchar" in part]
    for shown in (b"".join(re.findall(rb"<([0-9a-f]+)>", line)) for part in streams for line in re.findall(rb"\[(.*?)\] ?TJ", part, re.S)):
        glyphs = [shown[place : place + 4] for place in range(0, len(shown), 4)]
        for font in fonts:
            text = bytes.fromhex("".join(font.get(glyph, b"0020").decode() for glyph in glyphs)).decode("utf-16-be")
            if found := CODE.fullmatch(text.strip()):
                return found[0]
    raise AssertionError("no code on the letter")


def has_a_letter(resident, worker):
    """(c) Who moved here is sent a letter; its code proves the new home."""
    resident.becomes("郭桂兰")
    resident.opens("/residents/home/choose/?q=龙岭")
    resident.clicks(resident.page.locator("main").get_by_role("link", name=re.compile("龙岭社区")))
    resident.presses("确认搬到这里")
    resident.reads("还差一步：核实您住在这里")
    worker.opens("/paper/")
    worker.fills("印多少封", "1")
    worker.ticks("投入信箱")
    worker.presses("生成信件")
    letter = worker.saves("下载信件（PDF）")
    resident.presses("输入验证码")
    resident.fills("信上的验证码", printed_in(letter.path().read_bytes()).lower())
    resident.presses("核实居住")
    resident.reads("验证码正确，您的居住登记已核实。")


def sees_a_place_left(phone, name):
    phone.becomes(name)
    phone.opens("/centres/activities/?community=C440307014026")
    card = phone.page.locator(".activity-card", has_text="周末少儿书法班").filter(has_text="还有 1 个名额")
    phone.clicks(card.get_by_role("link"))
    phone.presses("我要报名")
    phone.reads("只登记您的账号，不用填孩子或老人的姓名。")
    phone.ticks("孩子")


def books_the_last_place(mother, father):
    """Both have the form open on their phones; one place, one turn, and it moves up when the place is given back."""
    sees_a_place_left(mother, "孟永红")
    sees_a_place_left(father, "蒋秀英")
    mother.presses("确认报名")
    mother.reads("报名成功，这是您的名额。")
    father.presses("确认报名")
    father.reads("名额已满，已为您排上候补。有空位会自动递补并通知您。", "排在第 1 位。")
    mother.presses("取消报名")
    mother.presses("确定取消")
    mother.reads("已取消报名，名额让给了后面的人。")
    father.page.reload()
    father.reads("您已报名")


def is_recorded(worker):
    """林秀珍 has no phone; her daughter 林雪梅 has proved her own home on the roster. The worker forgets what she saw first."""
    worker.becomes("陈晓敏")
    worker.opens("/proxies/desk/")
    worker.presses("登记代办")
    worker.fills("委托人姓名", "林秀珍")
    worker.fills("代办人的手机号", "139 0000 1001")
    worker.ticks("没有手机")
    worker.fills("纸质委托书编号", "龙岭代办第2号")
    worker.fills("代办到哪天", (date.today() + timedelta(days=200)).isoformat())
    worker.ticks("两人都到场")
    worker.presses("登记代办")
    worker.reads("委托人年龄：委托人没有手机的，请选这一项。")
    worker.page.get_by_label("委托人年龄").select_option(label="已满 18 周岁")
    worker.page.get_by_label("怎样核实委托人住在这里").select_option(label="上门走访核实")
    worker.presses("登记代办")
    worker.reads("代办已登记，两人都会收到通知。", "还没有代办过。")


def acts_for_her_mother(daughter):
    """She signs her mother up, is herself again, and finds neither her mother's place among hers nor a ballot to cast for her."""
    daughter.opens("/proxies/")
    daughter.presses("开始替 林秀珍 代办")
    daughter.reads("现在开始替 林秀珍 代办。")
    daughter.opens("/centres/activities/?community=C440307014026")
    daughter.clicks(daughter.page.locator(".activity-card", has_text="还有").first.get_by_role("link"))
    daughter.presses("我要报名")
    daughter.presses("确认报名")
    daughter.reads("报名成功，这是您的名额。")
    daughter.opens("/voting/BJ-2026-01/")
    daughter.reads("投票是秘密的，任何人都不能代投。")
    daughter.opens("/wode/")
    daughter.reads("这一页不能代办。")
    daughter.presses("结束代办", within=daughter.page.locator(".acting-strip"))
    daughter.reads("已结束代办，现在是您本人。")
    daughter.opens("/centres/mine/")
    assert "已报名" not in daughter.words


def is_revoked(worker, daughter):
    worker.page.reload()
    worker.reads("报名活动")
    worker.clicks(worker.page.get_by_text("不再代办了：撤销"))
    worker.presses("撤销代办")
    worker.reads("代办已撤销，两人都会收到通知。")
    daughter.opens("/proxies/")
    daughter.reads("我替 林秀珍 代办", "已撤销")
    assert not daughter.offers("开始替")


def queue_of(worker) -> set[str]:
    worker.opens("/daiban/")
    return set(worker.page.locator("ul.queue .queue-title").all_inner_texts())


def is_replaced(officer, old, new):
    """The street hands 龙岭 over to the colleague next door: the same queue, without a gap; the old session is over."""
    open_work = queue_of(old)
    assert open_work
    new.becomes("吴晓雯")
    assert not open_work & queue_of(new)
    officer.becomes("黄志强")
    officer.opens("/roles/")
    number = re.search(r"LG\d+", officer.page.locator("tr", has_text="吴晓雯").inner_text())[0]
    officer.clicks(officer.page.get_by_role("link", name="离任 陈晓敏"))
    officer.fills("离任日期", (date.today() - timedelta(days=1)).isoformat())
    officer.fills("原因", "调到大芬社区")
    officer.fills("接任者工号", number)
    officer.presses("确认离任")
    officer.reads("离任已办理。")
    assert open_work <= queue_of(new)
    old.opens("/daiban/")
    old.page.wait_for_url("**/sign-in/**")


def test_people_and_their_homes_places_and_offices(browser, tmp_path):
    with demo_portal("people", tmp_path / "var") as portal:
        address = f"http://127.0.0.1:{portal.port}"
        worker, officer = Person(browser, address), Person(browser, address)
        resident, other, daughter = (Person(browser, address, PHONE) for _phone in range(3))
        is_found(daughter)
        brings_in(worker, tmp_path)
        mends(worker, tmp_path)
        is_seen(resident, worker)
        has_a_letter(resident, worker)
        books_the_last_place(resident, other)
        is_recorded(worker)
        acts_for_her_mother(daughter)
        is_revoked(worker, daughter)
        is_replaced(officer, old=worker, new=Person(browser, address))
        Person.all_leave()
