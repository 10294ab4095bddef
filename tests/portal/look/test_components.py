"""Components print what they are given, in words, and never trust it as markup."""

from datetime import date

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError

from portal.style.forms import SampleForm

EVIL = "<script>alert(1)</script>"


def shown(source: str, **values) -> str:
    return Template("{% load words ui charts crispy_forms_filters %}" + source).render(Context(values))


@pytest.mark.parametrize("tone", ["plain", "active", "done", "turn", "urgent", "stopped"])
def test_a_status_is_text_and_not_a_link(tone):
    """U10, A4"""
    out = shown("{% status_tag '已通过' tone %}", tone=tone)
    assert "已通过" in out and "<a" not in out and "<button" not in out


def test_an_unknown_tone_is_a_mistake():
    """U10: few colours, the same everywhere."""
    with pytest.raises(TemplateSyntaxError):
        shown("{% status_tag '已通过' 'pink' %}")


def test_the_strip_says_states_in_words():
    """A4, U12"""
    steps = [
        {"title": "点菜", "state": "done"},
        {"title": "审批", "state": "over"},
        {"title": "投票", "state": "current", "dates": "12月2日止"},
        {"title": "评菜", "state": "next"},
    ]
    out = shown("{% stage_strip steps %}", steps=steps)
    for text in ("已完成", "本轮不设", "进行中", "未开始", "第 2 步，共 3 步", 'aria-current="step"', "12月2日止"):
        assert text in out


@pytest.mark.parametrize(
    ("left", "paused", "state"),
    [(5, "", "plain"), (1, "", "soon"), (0, "", "soon"), (-1, "", "late"), (-1, "等补正", "paused")],
)
def test_a_deadline_speaks_beside_its_colour(left, paused, state):
    """A4"""
    out = shown("{% deadline on left 'working' paused %}", on=date(2026, 11, 27), left=left, paused=paused)
    assert f"deadline-{state}" in out and "2026年11月27日（周五）" in out
    assert (paused in out) if paused else ("工作日" in out or "今天截止" in out)


def test_the_public_sees_a_masked_person():
    assert "张**" in shown("{% person '张三丰' %}") and "三丰" not in shown("{% person '张三丰' %}")
    assert "张三丰" in shown("{% person '张三丰' public=False %}")


def test_holds_is_a_list_or_an_all_clear():
    assert "还有 1 件事没有办完" in shown("{% holds rows %}", rows=[{"text": "缺结果"}])
    assert "没有未办完的事" in shown("{% holds rows %}", rows=[])


def test_why_not_shows_the_act_and_its_reason_and_cannot_be_pressed():
    out = shown("{% why_not '投票' '还没有开始。' %}")
    assert 'aria-disabled="true"' in out and "还没有开始。" in out and "href" not in out


def test_unanswered_reads_as_such():
    """U7"""
    out = shown("{% answers rows %}", rows=[{"label": "照片", "value": "", "url": "/x"}, {"label": "数量", "value": 0}])
    assert "未填写" in out and out.count("未填写") == 1
    assert '更改<span class="visually-hidden">照片</span>' in out


def test_bars_share_and_curve_come_with_their_table():
    rows = [{"label": "甲", "value": 3}]
    for source in (
        "{% bar_chart '图' rows %}",
        "{% share_chart '图' rows %}",
        "{% curve_chart '图' labels plan plan %}",
    ):
        out = shown(source, rows=rows, labels=["1月"], plan=[3])
        assert "<svg" in out and "<table>" in out and "style=" not in out


@pytest.mark.parametrize(
    "source",
    [
        "{% status_tag evil %}",
        "{% reason evil evil code=evil by=evil next=evil %}",
        "{% why_not evil evil %}",
        "{% answers rows %}",
        "{% holds rows %}",
        "{% proposal_card item %}",
        "{% project_card item %}",
        "{% timeline rows %}",
        "{% evidence rows %}",
        "{% receipt evil rows code=evil %}",
        "{% confirmation evil number=evil %}",
        "{% stat_tile evil evil base=evil means=evil %}",
        "{% queue_row item %}",
        "{% job_row job %}",
        "{% empty evil evil %}",
        "{% tabs rows %}",
        "{% crumbs rows %}",
        "{% bar_chart evil bars %}",
        "{% share_chart evil bars %}",
        "{% external_link '/x' evil %}",
    ],
)
def test_no_component_prints_markup_that_it_was_given(source):
    keys = (
        "title",
        "text",
        "label",
        "value",
        "who",
        "by",
        "caption",
        "kind",
        "summary",
        "place",
        "status",
        "number",
        "proposer",
    )
    item = {**dict.fromkeys(keys, EVIL), "url": "/x", "on": date(2026, 1, 1), "alt": EVIL}
    job = {"title": EVIL, "state": "failed", "error": EVIL, "by": EVIL}
    out = shown(source, evil=EVIL, rows=[item], item=item, job=job, bars=[{"label": EVIL, "value": 1}])
    assert "<script" not in out and "&lt;script&gt;" in out


def test_fields_say_optional_and_carry_no_asterisk():
    """U6"""
    out = shown("{{ form|crispy }}", form=SampleForm())
    assert "（选填）" in out and "asterisk" not in out and ">*<" not in out
    assert "novalidate" not in out


def test_the_message_stands_above_the_input_and_is_tied_to_it():
    """U3, U4"""
    out = shown("{{ form|crispy }}", form=SampleForm({"title": ""}))
    message, field = out.index("请写下提案标题"), out.index('<input type="text" name="title"')
    assert message < field
    assert 'aria-invalid="true"' in out and 'id="id_title_error"' in out
    assert 'aria-describedby="id_title_helptext id_title_error"' in out
    assert "这个字段是必填项" not in out


def test_the_summary_links_to_the_first_bad_field():
    """U2"""
    out = shown("{% error_summary form %}", form=SampleForm({"title": ""}))
    assert "有 3 处需要修改" in out and "autofocus" in out
    assert '<a href="#id_title">请写下提案标题</a>' in out
    assert '<a href="#id_category_0">' in out


def test_no_summary_without_faults():
    assert shown("{% error_summary form %}", form=SampleForm()).strip() == ""


class Whole(forms.Form):
    name = forms.CharField(required=False)

    def clean(self):
        raise forms.ValidationError("名额已满。")


def test_faults_of_the_whole_form_are_said_once():
    """U2"""
    form = Whole({})
    out = shown("{% error_summary form %}{{ form|crispy }}", form=form)
    assert out.count("名额已满。") == 1


def test_a_link_that_leaves_says_so():
    """G8"""
    out = shown("{% external_link 'https://www.gd.gov.cn' '省政府' %}")
    assert "离开本网站" in out and "data-leaves" in out and "noopener" in out
