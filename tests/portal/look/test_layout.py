"""What every page carries: head, header, footer, summary of errors, honest error pages."""

import re

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import RequestFactory

from portal import navigation

pytestmark = pytest.mark.django_db
FULL = {
    "name": "民生微实事", "domain": "example.gov.cn", "code": "4403000001", "host": "示例区民政局", "contact": "0755-00000000",
    "icp": "粤ICP备00000000号", "police": "粤公网安备00000000000001号", "badge_url": "https://bszs.conac.cn/x",
    "error_report_url": "https://zfwzgl.www.gov.cn/x", "hotline": "12345",
}  # fmt: skip


@pytest.fixture
def page(client, monkeypatch) -> str:
    monkeypatch.setattr(settings, "SITE", FULL)
    return client.get("/style").content.decode()


def test_footer_names_who_answers_for_the_site(page):
    """G1, G2"""
    footer = page[page.index("<footer") :]
    for text in (
        "示例区民政局",
        "4403000001",
        "粤ICP备00000000号",
        "粤公网安备00000000000001号",
        "我为政府网站找错",
        "党政机关网站",
    ):
        assert text in footer
    assert re.search(r'href="https://beian\.miit\.gov\.cn"[^>]*>粤ICP备\d+号(?!-)', footer)


def test_blank_items_are_hidden(client, monkeypatch):
    """G1"""
    monkeypatch.setattr(settings, "SITE", {**dict.fromkeys(FULL, ""), "name": "民生微实事"})
    page = client.get("/style").content.decode()
    for text in ("网站标识码", "主办单位", "beian.miit", "找错", "SiteIDCode"):
        assert text not in page


def test_head_says_which_site(page):
    """G7, A5, A17"""
    head = page[: page.index("</head>")]
    for name, content in {"SiteName": "民生微实事", "SiteDomain": "example.gov.cn", "SiteIDCode": "4403000001"}.items():
        assert f'<meta name="{name}" content="{content}">' in head
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in head
    assert '<html lang="zh-CN"' in page
    assert len(re.findall(r"<h1[ >]", page)) == 1


def test_an_article_and_a_column_say_what_they_are():
    """G6, G7"""
    from datetime import UTC, datetime

    article = {"title": "公示", "published_at": datetime(2026, 11, 20, 16, 5, tzinfo=UTC), "source": "示例社区"}
    column = {"name": "公示公告", "description": "结果公示", "keywords": "公示", "type": "公示公告"}
    head = render_to_string("components/_meta.html", {"site": FULL, "article": article, "column": column})
    assert '<meta name="PubDate" content="2026-11-21 00:05">' in head
    for name in ("ArticleTitle", "ContentSource", "ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"):
        assert f'name="{name}"' in head


def test_header_has_the_common_tools(page):
    """G11, A7, A8"""
    header = page[page.index("<header") : page.index("</header>")]
    for text in ("长者模式", "字号", "高对比", "单色", "大光标", "朗读", "打印", "分享", "English"):
        assert text in header
    assert '<a class="skip" href="#main">' in page and '<main id="main"' in page


def test_demo_says_so(client, monkeypatch):
    monkeypatch.setattr(settings, "DEMO", True)
    assert "演示站点" in client.get("/style").content.decode()


def test_menus_hold_no_dead_link(page, client):
    """G8"""
    header = page[page.index('<nav class="menu"') : page.index("</header>")]
    for url in set(re.findall(r'href="(/[^"#?]*)"', header)):
        assert client.get(url).status_code != 404, url


@pytest.mark.parametrize(
    "name", [item.name for menu in (navigation.PUBLIC, navigation.ELDER, navigation.FOOTER) for item in menu]
)
def test_each_entry_of_the_public_menus_leads_somewhere(name):
    """G8: a renamed page is noticed here and does not silently drop out of the menu."""
    assert navigation.links((navigation.Item(name, "x"),), "/")


@pytest.mark.parametrize("name", [item.name for _title, items in navigation.STAFF for item in items])
def test_each_entry_of_the_staff_menu_leads_somewhere(name):
    """G8"""
    assert navigation.links((navigation.Item(name, "x"),), "/")


def test_htmx_may_not_evaluate_and_swaps_refusals(page):
    """A19 and the content security policy"""
    assert '"allowEval":false' in page and '"includeIndicatorStyles":false' in page
    assert '{"code":"(403|409|422)","swap":true' in page
    assert re.search(r"hx-headers='{\"X-CSRFToken\": \"\w{64}\"}'", page)
    assert 'aria-live="polite"' in page


@pytest.mark.parametrize("code", [400, 403, 404, 409, 413, 429, 500, 503])
def test_error_pages_say_what_happened_and_whom_to_call(code):
    """U11"""
    page = render_to_string(f"portal/{code}.html", {"site": FULL}, RequestFactory().get("/x"))
    assert "<h1>" in page and "12345" in page and "回到首页" in page
    assert not re.search(r"无效|非法|错误代码|Error|Forbidden|Not Found", page)


@pytest.mark.parametrize("code", [500, 503])
def test_pages_of_last_resort_ask_no_database(code, django_assert_num_queries, rf):
    """U11: they answer when the database is what failed."""
    with django_assert_num_queries(0):
        render_to_string(f"portal/{code}.html", {"site": FULL}, rf.get("/x"))


def test_an_unknown_address_answers_in_our_layout(client):
    """U11"""
    response = client.get("/no-such-page")
    assert response.status_code == 404
    assert "没有找到这一页" in response.content.decode()


def test_a_stale_form_is_told_so():
    """U11"""
    from django.test import Client

    response = Client(enforce_csrf_checks=True).post("/style")
    assert response.status_code == 403
    assert "刷新后再提交" in response.content.decode()


def test_too_much_at_once_is_told_so(settings):
    """U11"""
    from django.test import Client

    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    client = Client(enforce_csrf_checks=True)
    client.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
    response = client.post("/style", "text=" + "x" * 20, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 413
    assert "内容太大" in response.content.decode()


def test_a_refusal_says_what_why_and_what_now(rf):
    """U11"""
    from portal.refusals import Refusal
    from portal.web import refusal_page

    refusal = Refusal("voting.closed", "投票已于 %(day)s 结束。", {"day": "12月2日"}, next="您可以查看结果。")
    request = rf.get("/x")
    response = refusal_page(request, refusal)
    assert response.status_code == 409
    page = response.content.decode()
    assert "投票已于 12月2日 结束。" in page and "您可以查看结果。" in page and "voting.closed" in page
