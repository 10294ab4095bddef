"""One wish of 龙岭社区 from draft to evaluation, in the browser, with the demo people alone.

Nobody knows an address: everything is reached by links and buttons that a page shows. Residents hold a phone, staff sit
at a desk. The clock is moved where a stage needs days; the beat and the worker do what is then due.
"""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.journeys.browser import DESK, PHONE, Person
from tests.journeys.stack import demo_portal

pytestmark = [pytest.mark.browser, pytest.mark.processes, pytest.mark.timeout(600)]

TITLE = "禾坪岭巷口加装扶手和夜灯"
PROVIDER = "13900008866"
ROUND = "龙岭社区平安出行微实事"


@pytest.fixture
def portal(tmp_path):
    with demo_portal("round", tmp_path / "var", PORTAL_TICK_SECONDS="5") as portal:
        yield portal


@pytest.fixture
def photo(tmp_path):
    from PIL import Image

    Image.effect_noise((1200, 900), 60).convert("RGB").save(tmp_path / "steps.jpg")
    return tmp_path / "steps.jpg"


def test_a_wish_from_draft_to_evaluation(browser, portal, photo):
    walk = Walk(browser, f"http://127.0.0.1:{portal.port}", photo)
    for part in PARTS:
        part(walk)
    Person.all_leave()


class Walk:
    """A resident's phone, an official's desk, and the number that the wish is given."""

    number = ""

    def __init__(self, browser, address: str, photo: Path):
        self.photo = photo
        self.phone, self.desk = Person(browser, address, PHONE), Person(browser, address, DESK)

    def finds_proposal(self, who: Person) -> None:
        """By the search that every page offers."""
        who.opens("/")
        who.goes_by_menu("搜索")
        who.page.get_by_role("searchbox").first.fill(TITLE)
        who.clicks(who.page.locator("main form").get_by_role("button"))
        who.clicks(who.page.locator("main").get_by_role("link", name=re.compile(TITLE)))
        who.reads(TITLE)

    def lets_days_pass(self, step: str = "5 天", *, until: str) -> None:
        """Move the clock a few days at a time until the round's public page says so. A stage whose last day is over waits
        for the worker alone: while the page says that, the clock stays where it is, however long it takes."""
        who = self.desk
        for _again in range(9):
            who.moves_clock(step)
            who.opens("/")
            who.goes_by_menu("项目批次")
            who.clicks(who.page.locator("main").get_by_role("link", name=ROUND))
            if who.reads_no_more("正在收尾") and who.reads_at_last(until, seconds=6):
                return
        raise AssertionError(f"{until}: not reached; the page says {who.words[:300]}")

    def moves_on(self, stage: str) -> None:
        """The street sees on the round's desk that nothing holds it, and goes on before the last day."""
        he = self.desk
        he.becomes("黄志强")
        he.goes_by_menu("项目批次")
        he.presses(ROUND)
        self.goes_on(f"^进入“{stage}”")

    def goes_on(self, button: str) -> None:
        """Press it, unless the beat was first: what nothing holds it takes on by itself, and what comes next shows it."""
        if self.desk.offers(re.compile(button)):
            self.desk.clicks(self.desk.page.get_by_role("button", name=re.compile(button)))

    def goes_to_mine(self, who: Person) -> None:
        who.opens("/")
        who.goes_by_menu("我的")

    def pays(self, kind: str, yuan: str, voucher: str) -> None:
        """黄志强 asks, 罗敏 releases: never the same person."""
        he = self.desk
        he.clicks(he.page.get_by_role("link", name=re.compile("^申请付款")))
        he.page.get_by_label("款项").select_option(label=kind)
        he.fills("付款金额", yuan)
        he.fills("凭证号", voucher)
        he.fills("用途", f"{kind}（{TITLE}）")
        he.presses("提交申请")
        he.becomes("罗敏")
        he.goes_by_menu("资金")
        he.presses(TITLE)
        he.clicks(he.page.get_by_role("button", name=re.compile("^批准付款")))
        he.reads("已支付")

    def opens_work(self, who: Person, tab: str) -> None:
        """The project's desk, by the menu, and one of its tabs."""
        who.goes_by_menu("资金")
        who.presses(TITLE)
        who.clicks(who.page.locator("nav").get_by_role("link", name=tab, exact=True))

    def until(self, who: Person, tab: str, words: str) -> None:
        """What nothing holds any more the beat takes on by itself; read the project's desk until it says so."""
        self.opens_work(who, tab)
        assert who.reads_at_last(words), f"{words}: the page says {who.words[:400]}"

    def residents_of(self, place: str) -> list[tuple[str, str]]:
        """Names and phone numbers as the page of demo people tells them."""
        page = self.desk.context.new_page()
        page.goto("/accounts/demo/")
        words = page.get_by_role("list", name=place, exact=True).get_by_role("button").all_inner_texts()
        page.close()
        told = [re.match(r"(\S+)\s+居民 · ([\d ]+)", each) for each in words]
        return [(each[1], each[2].strip()) for each in told if each]

    def leaves(self, who: Person) -> None:
        who.opens("/")
        if who.shows("nav.menu a:has-text('我的')"):
            who.goes_by_menu("我的")
            who.presses("我的资料")
            who.presses("退出登录")

    def today(self, who: Person) -> date:
        """The portal's own date, as the page of the demo's clock says it."""
        back = who.page.url
        who.clicks(who.page.locator(".demo-strip").get_by_role("link", name="拨动日期"))
        year, month, day = map(int, re.search(r"(\d{4})年(\d+)月(\d+)日", who.words).groups())
        who.opens(back)
        self.day = date(year, month, day)
        return self.day


def prepares(walk: Walk) -> None:
    """The street prepares a round of one community; the checklist is green; the call opens on its day."""
    he = walk.desk
    he.becomes("黄志强")
    day = walk.today(he) + timedelta(days=1)
    he.goes_by_menu("项目批次")
    he.presses("筹备新批次")
    he.fills("批次名称", ROUND)
    he.fills("征集开始日", str(day))
    he.presses("建立批次")
    he.reads("发布前核对")
    he.clicks(he.page.get_by_role("link", name=re.compile("去补上.*额度")))
    he.fills("龙岭社区", "30 万")
    he.presses("保存额度")
    he.presses("发布并开始征集")
    he.reads("封存")
    he.moves_clock("1 天")


def proposes(walk: Walk) -> None:
    """Question by question, check, number."""
    she = walk.phone
    she.becomes("李秀兰")
    she.opens("/")
    assert she.reads_at_last("我要提一个提案"), she.where()
    she.presses("我要提一个提案")
    she.clicks(she.page.locator("section").filter(has_text=ROUND).get_by_role("button", name="开始写提案"))
    she.fills("现在有什么不方便", "巷口台阶陡，晚上没有灯，老人下坡要扶墙走，上个月有两位街坊滑倒。")
    she.presses("下一步")
    she.fills("提案名称", TITLE)
    she.fills("具体希望怎么办", "台阶两边装不锈钢扶手，巷口加两盏太阳能感应灯，踏步贴防滑条。")
    she.presses("下一步")
    she.fills("具体地点", "禾坪岭巷口到金运花园后门的二十一级台阶")
    she.presses("下一步")
    she.fills("谁会受益", "每天走这条路买菜、接送孩子的居民")
    she.fills("大约多少人", "620")
    she.presses("下一步")
    she.ticks("工程类")
    she.fills("大约要多少元", "3.2 万")
    she.presses("下一步")
    she.presses("下一步")
    if "相近" in she.words:
        she.presses("不一样，继续提交我的")
    she.reads("检查一遍再提交", TITLE, "您还没有提交")
    she.presses("提交提案")
    she.reads("提案已提交")
    walk.number = re.search(r"[A-Z]{2,5}-\d{4}-\d{6}", she.words)[0]
    she.presses("查看提案页")
    she.reads(TITLE, "社区")


def screens(walk: Walk) -> None:
    """The community's worker finds it in the queue and answers in words that the page shows first."""
    she = walk.desk
    she.becomes("陈晓敏")
    she.clicks(she.page.locator("main").get_by_role("link", name=re.compile(TITLE)))
    she.page.get_by_role("radio", name="通过初审", exact=True).check()
    she.page.get_by_label("内容类别").select_option(index=1)
    she.presses("看一看会发给谁")
    she.reads("发出前再看一遍")
    she.presses("发出结论")
    walk.lets_days_pass("10 天", until="社区正在初审|议事会正在评议")
    walk.moves_on("议事会评议")


def convenes(walk: Walk) -> None:
    """A meeting is called in time, and the agenda stands for the promised days."""
    she = walk.desk
    she.becomes("陈晓敏")
    day = walk.today(she) + timedelta(days=5)
    she.goes_by_menu("议事会议")
    she.clicks(she.page.locator("li").filter(has_text=ROUND).get_by_role("link", name="召集龙岭社区议事会"))
    she.fills("开会日期", str(day))
    she.fills("地点", "龙岭社区党群服务中心二楼会议室")
    she.presses("召集会议", exact=False)
    she.reads("会议已召集")
    she.moves_clock("5 天")


def meets(walk: Walk) -> None:
    """Roll, item by item by show of hands, close; the clerk signs, the chair signs on his phone."""
    she = walk.desk
    she.becomes("陈晓敏")
    she.goes_by_menu("议事会议")
    she.clicks(she.page.locator("li").filter(has_text="已通知").get_by_role("link"))
    she.presses("登记到会")
    she.checks_all("到会")
    she.presses("保存到会情况")
    she.presses("宣布开会")
    she.page.get_by_label("会议主持人").select_option(label="蔡国平")
    she.presses("开始开会")
    she.clicks(she.page.get_by_role("button", name=re.compile("^开始表决")))
    she.presses("登记举手")
    she.presses("先全部填“同意”，再改个别人")
    she.presses("保存表决意见")
    she.reads("按现在的票数，这一项通过")
    she.presses("结束表决并形成决议")
    she.presses("发出决议")
    she.presses("结束会议")
    she.presses("作为记录人签字")
    he = walk.phone
    he.becomes("蔡国平")
    walk.goes_to_mine(he)
    he.clicks(he.page.locator("main").get_by_role("link", name=re.compile("龙岭社区议事会")))
    if he.offers("看纪要"):
        he.presses("看纪要")
    he.clicks(he.page.get_by_role("button", name="作为主持人签字"))
    walk.lets_days_pass(until="正在投票")


def votes(walk: Walk) -> None:
    """Two residents: choose, review, cast, receipt."""
    she = walk.phone
    for name in ("李秀兰", "欧阳慧"):
        she.becomes(name)
        walk.goes_to_mine(she)
        she.clicks(she.page.locator("li").filter(has_text=ROUND).get_by_role("link", name="去投票"))
        she.page.get_by_role("checkbox", name=re.compile(TITLE)).check()
        she.clicks(she.page.locator(".ballot-bar").get_by_role("button").last)
        she.reads("核对您的选票", "您还没有提交")
        she.presses("投出这张票")
        she.reads("您的选票已收到", "回执编号")
    walk.lets_days_pass(until="正在公示|街道正在审批")


def is_noticed(walk: Walk) -> None:
    """The count says why it was chosen; the notice hangs its full time."""
    she = walk.phone
    walk.finds_proposal(she)
    she.reads("公示")
    walk.lets_days_pass(until="街道正在审批")


def approves(walk: Walk) -> None:
    """Item by item with the checklist; then the round is through and the project begins."""
    he = walk.desk
    he.becomes("黄志强")
    he.goes_by_menu("街道审批")
    he.presses(ROUND)
    he.presses(TITLE)
    he.checks_all("符合")
    he.page.get_by_role("radio", name="批准", exact=True).check()
    he.presses("看一看会发给谁")
    he.presses("发出审批决定")
    he.goes_by_menu("项目批次")
    he.presses(ROUND)
    walk.goes_on("^进入|^结束")


def contracts(walk: Walk) -> None:
    """Contract, advance asked by one and released by another, and on to the works."""
    he = walk.desk
    day = walk.today(he)
    he.goes_by_menu("资金")
    he.presses(TITLE)
    he.presses("登记合同")
    he.page.get_by_label("承接单位").select_option(index=1)
    he.fills("合同编号", "民微合〔2027〕088号")
    he.fills("合同金额", "3 万")
    he.page.get_by_label("采购方式").select_option(label="直接委托")
    he.fills("签约日期", str(day))
    he.fills("最迟开工日", str(day + timedelta(days=20)))
    he.fills("负责人姓名", "冯师傅")
    he.fills("负责人手机", PROVIDER)
    he.presses("登记合同")
    walk.pays("预付款", "9000", "0450088601")
    walk.until(he, "实施", "第 2 步，共 4 步")


def builds(walk: Walk) -> None:
    """The provider signs in by phone, plans, reports with a photo, and says that it is finished."""
    he = walk.phone
    walk.leaves(he)
    he.goes_by_menu("登录")
    he.fills("手机号", PROVIDER)
    he.presses("获取验证码")
    he.fills("验证码", he.text_of("#demo-code"))
    he.presses("登录")
    he.reads("您的个人信息怎么用")
    he.page.get_by_role("radio", name="已满 18 周岁").check()
    he.page.get_by_role("checkbox").first.check()
    he.presses("同意并继续")
    walk.goes_to_mine(he)
    he.presses("我负责的项目")
    he.presses(TITLE)
    he.presses("添加计划节点")
    he.fills("节点", "扶手和感应灯安装完成")
    he.fills("计划完成日", str(walk.day + timedelta(days=10)))
    he.presses("添加节点")
    he.presses("返回")
    he.clicks(he.page.get_by_role("button", name=re.compile("标记完成")))
    he.presses("上报进度")
    he.fills("完成进度", "100")
    he.fills("进展说明", "扶手、防滑条和两盏感应灯都已装好，现场清理干净。")
    he.page.get_by_label("现场照片").set_input_files(str(walk.photo))
    he.page.get_by_label("照片类别").select_option(label="实施后")
    he.fills("照片说明", "装好扶手和夜灯的巷口台阶")
    he.presses("提交进度")
    he.presses("申报完工")
    he.fills("完工说明", "扶手、夜灯和防滑条全部完成，请安排验收。")
    he.presses("申报完工")


def accepts(walk: Walk) -> None:
    """The worker seats a panel of those who count; each marks for herself; the proposer signs."""
    she = walk.desk
    residents = walk.residents_of("龙岭社区")[:2]
    technician = walk.residents_of("大芬社区")[0]
    she.becomes("陈晓敏")
    walk.opens_work(she, "验收")
    she.presses("安排成员")
    for seat, official, phone, skill in (
        ("点菜人", "", "", ""),
        ("居民代表", "", residents[0][1], ""),
        ("居民代表", "", residents[1][1], ""),
        ("监督员", "温志明", "", ""),
        ("社区工作者", "陈晓敏", "", ""),
        ("专业技术人员", "", technician[1], "二级建造师"),
    ):
        she.page.get_by_label("席位").select_option(label=seat)
        if official:
            she.page.get_by_label("监督员或社区").select_option(label=official)
        she.fills("手机号", phone)
        she.fills("专业", skill)
        she.presses("加入小组")
        she.reads("成员已加入")
    walk.until(she, "验收", "第 3 步，共 4 步")
    panel = ["李秀兰", residents[0][0], residents[1][0], "温志明", technician[0]]
    for name in panel:
        walk.phone.becomes(name)
        walk.finds_proposal(walk.phone)
        walk.phone.presses("填写验收意见")
        walk.phone.page.get_by_role("radio", name="合格", exact=True).check()
        walk.phone.presses("提交意见")
        walk.phone.reads("意见已提交")
    she.becomes("陈晓敏")
    walk.opens_work(she, "验收")
    she.presses("填写我的意见")
    she.page.get_by_role("radio", name="合格", exact=True).check()
    she.presses("提交意见")
    walk.phone.becomes("李秀兰")
    walk.finds_proposal(walk.phone)
    walk.phone.presses("验收签字")
    walk.phone.page.get_by_role("radio", name="很满意", exact=True).check()
    walk.phone.presses("签字确认")
    she.becomes("陈晓敏")
    walk.until(she, "评价", "第 4 步，共 4 步")


def is_rated(walk: Walk) -> None:
    """Those who asked and those who use it say how it is; the supervisor too; the worker concludes on the day."""
    for name, score in (("李秀兰", "很满意"), (walk.residents_of("龙岭社区")[2][0], "满意")):
        walk.phone.becomes(name)
        walk.finds_proposal(walk.phone)
        walk.phone.presses("评一评这个项目")
        walk.phone.page.get_by_role("radio", name=score, exact=True).check()
        walk.phone.fills("想说的话", "晚上走路踏实多了。")
        walk.phone.presses("下一步：核对")
        walk.phone.presses("提交评价")
        walk.phone.reads("评价已提交")
    walk.phone.becomes("温志明")
    walk.finds_proposal(walk.phone)
    walk.phone.presses("评一评这个项目")
    walk.phone.checks_all("满意")
    walk.phone.presses("提交评价")
    she = walk.desk
    she.moves_clock("10 天", "5 天")
    she.becomes("陈晓敏")
    walk.until(she, "评价", "评价达到标准，可以支付尾款")


def closes(walk: Walk) -> None:
    """The balance by two people, the accounts settled, the project closed."""
    he = walk.desk
    he.becomes("黄志强")
    he.goes_by_menu("资金")
    he.presses(TITLE)
    walk.pays("进度款", "18000", "0450088602")
    he.becomes("黄志强")
    he.goes_by_menu("资金")
    he.presses(TITLE)
    walk.pays("尾款", "3000", "0450088603")
    he.becomes("黄志强")
    he.goes_by_menu("资金")
    he.presses(TITLE)
    he.presses("办理结算")
    he.presses("结算")
    walk.opens_work(he, "评价")
    walk.goes_on("^办结项目$")


def everybody_reads(walk: Walk) -> None:
    """The public page tells the whole life in words."""
    visitor = walk.phone
    walk.leaves(visitor)
    walk.finds_proposal(visitor)
    visitor.reads("项目已办结，钱款已结清", "30,000.00 元", "2 人评价")
    assert walk.number in visitor.words
    assert "李秀兰" not in visitor.words


PARTS = [
    prepares, proposes, screens, convenes, meets, votes, is_noticed, approves, contracts, builds, accepts, is_rated,
    closes, everybody_reads,
]  # fmt: skip
