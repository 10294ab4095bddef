"""A community worker brings a roster in and mends what was left out; newcomers prove that they live here."""

from openpyxl import Workbook, load_workbook

from tests.journeys.browser import PHONE, Person
from tests.journeys.stack import demo_portal

ROWS, BAD = 2_000, 200
HEADINGS = ["姓名", "联系电话", "小区名称", "年龄", "备注"]


def sheet_of(rows, path):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
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
    with worker.page.expect_download() as download:
        worker.page.get_by_role("link", name="下载不导入的行").click()
    download.value.save_as(tmp_path / "rejects.xlsx")
    confirms(worker)
    worker.reads("1 位等待核实的居民随之核实")


def mends(worker, tmp_path):
    takes_in(worker, mended(tmp_path / "rejects.xlsx", tmp_path / "mended.xlsx"))
    assert "为什么有些行不导入" not in worker.words
    confirms(worker)


def comes_in(resident, worker):
    """(c) A letter, mistyped; (b) then the counter."""
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
    resident.opens("/residents/home/")
    resident.reads("社区工作者当面核实")


def test_a_roster_is_mended_and_residents_prove_their_homes(browser, tmp_path):
    with demo_portal("people", tmp_path / "var") as portal:
        address = f"http://127.0.0.1:{portal.port}"
        worker, resident = Person(browser, address), Person(browser, address, PHONE)
        is_found(resident)
        brings_in(worker, tmp_path)
        mends(worker, tmp_path)
        comes_in(resident, worker)
        assert worker.faults == resident.faults == []
        worker.close()
        resident.close()
