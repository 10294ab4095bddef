"""What a published text may not hold (P11)."""

from __future__ import annotations

import pytest

from portal.publishing import objection_to_publishing, personal_number_in


@pytest.mark.parametrize(
    "text",
    [
        "请打13800138000找我",
        "电话 138 0013 8000",
        "＋８６　１３８００１３８０００",
        "+86-138-0013-8000",
        "身份证 11010519491231002X",
        "110105 19491231 002x",
        "座机0755-28912345",
        "卡号 6222 0212 3456 7890 123",
        "尾号是6222021234567890123的卡",
    ],
)
def test_numbers_of_persons_are_found(text):
    assert personal_number_in(text)
    refusal = objection_to_publishing(text, field="text")
    assert refusal.field == "text" and "13800138000" not in str(refusal.params)


@pytest.mark.parametrize(
    "text",
    [
        "提案 WSS-2026-000123 和异议 YY-2026-000045",
        "2026年11月21日至2026-12-01，共 185,000.00 元",
        "2026-11-21 2026-12-01",
        "三栋 1 单元 1203 房门口，受益 1200 人",
        "公示〔2026〕12号",
        "拨打 12345",
        "",
    ],
)
def test_dates_amounts_and_public_numbers_pass(text):
    assert personal_number_in(text) == ""
