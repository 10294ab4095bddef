"""The official list as entries, communities and bad rows."""

import pytest

from communities.divisions import files, rules

HEAD = "code,name,level,parent_code\n"
TREE = "4403,深圳市,city,\n440307,龙岗区,district,4403\n440307014,布吉街道,street,440307\n"


@pytest.mark.parametrize(
    ("committee", "community"),
    [
        ("大塘龙社区居民委员会", "大塘龙社区"),
        ("高新区社区居委会", "高新区社区"),
        ("黄麻布社区居委", "黄麻布社区"),
        ("南坑社区南坑居委会", "南坑社区"),
        ("南坑社区星光居委会", "南坑社区"),
        ("凤凰社区平湖墟居民委员会", "凤凰社区"),
        ("坂田社区坂田围居委会", "坂田社区"),
        ("象角塘社区", "象角塘社区"),
        ("中英街居委会", "中英街社区"),
        ("前海合作区虚拟社区", ""),
        ("居委会", ""),
    ],
)
def test_a_committees_name_says_its_community(committee, community):
    assert rules.community_name(committee) == community


def test_the_citys_list_is_read_whole():
    """9 districts, 79 streets, 788 committees; every community ends in 社区, and six have several committees."""
    reading = files.read_csv(files.SHENZHEN.read_bytes())
    assert reading.bad == []
    levels = [entry.level for entry in reading.entries]
    assert [levels.count(level) for level in ("city", "district", "street", "committee")] == [1, 9, 79, 788]
    found = rules.communities_in(reading.entries)
    assert len(found) == 775
    assert all(name.endswith("社区") for _street, name in found)
    several = {name: len(committees) for (_street, name), committees in found.items() if len(committees) > 1}
    assert several == {"杨美社区": 3, "大发埔社区": 2, "南坑社区": 2, "爱联社区": 2, "紫薇社区": 3, "吉祥社区": 2}


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("440307014001,,community,440307014", "为空"),
        ("44030701400X,龙岭社区居委会,community,440307014", "12 位数字"),
        ("440307014001,龙岭社区居委会,village,440307014", "层级"),
        ("440307014001,龙岭社区居委会,community,", "缺少上级"),
        ("440307014001,龙岭社区居委会,community,440307999", "找不到上级"),
        ("440307014001,龙岭社区居委会,community,440307", "层级不对"),
        ("440307014001,龙岭社区居委会,community,440307014,多一列", "列数"),
        ("440307014,布吉街道,street,440307", "重复"),
        ("440307014001," + "长" * 61 + ",community,440307014", "过长"),
    ],
)
def test_a_bad_row_is_named_with_line_and_reason(row, why):
    reading = files.read_csv((HEAD + TREE + row + "\n").encode())
    assert [(bad.line, why in bad.reason) for bad in reading.bad] == [(5, True)]
    assert len(reading.entries) == 3


def test_a_header_that_lacks_a_column_stops_the_reading():
    reading = files.read_csv(b"code,name\n1,x\n")
    assert reading.entries == [] and "level" in reading.bad[0].reason


def test_spreadsheets_of_the_office_are_read():
    """GB18030 and a byte order mark."""
    text = HEAD + TREE
    assert len(files.read_csv(text.encode("gb18030")).entries) == 3
    assert len(files.read_csv(text.encode("utf-8-sig")).entries) == 3


@pytest.mark.parametrize("raw", [b"\xff\xfe\x00\x01\x80", b"PK\x03\x04\x00\x00\x00"])
def test_what_is_no_text_is_refused_in_words(raw):
    with pytest.raises(files.NotReadable):
        files.read_csv(raw)
