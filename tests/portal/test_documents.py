"""A table of a Word file: as wide as the page, its figures on one line, its rows whole, in Chinese."""

from docx.oxml.ns import qn

from portal import documents

FIGURE, LONG = "1,234,567.00", "把三栋一单元门口的台阶改成坡道，两侧加扶手，雨天也不滑，轮椅和婴儿车都能自己上下"


def made(rows):
    paper = documents.blank()
    documents.table(paper, ["编号", "项目", "批准金额（元）"], rows, figures_from=2)
    return paper, paper.tables[0]


def test_the_columns_share_the_page_by_what_they_hold():
    _paper, table = made([["WSS-2026-000001", LONG, FIGURE]] * 3)
    widths = [column.width.pt for column in table.columns]
    assert abs(sum(widths) - documents.TEXT_WIDTH.pt) < 1
    assert widths[1] > widths[0] > len("WSS-2026-000001") * 10.5 / 2 and widths[2] > len(FIGURE) * 10.5 / 2
    assert [cell.width.pt for cell in table.rows[3].cells] == widths


def test_rows_stay_whole_and_an_empty_table_has_its_head():
    paper, table = made([])
    assert len(table.rows) == 1 and table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    _paper, table = made([["1", "2", "3"]])
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    languages = list(paper.styles.element.iter(qn("w:lang")))
    assert languages and all(each.get(qn("w:eastAsia")) == "zh-CN" for each in languages)
