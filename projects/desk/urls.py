"""Pages across the stages, at short addresses in pinyin; the rooms keep their English prefixes for acts."""

from django.urls import path

from projects.desk.views import boards, mine, opendata, overview, papers, public, staff

app_name = "desk"
urlpatterns = [
    path("", public.home, name="home"),
    path("shequ/", public.communities, name="communities"),
    path("shequ/<slug:code>/", public.community, name="community"),
    path("shequ/<slug:code>/xuan/", public.choose_community, name="choose_community"),
    path("pici/", public.rounds, name="rounds"),
    path("pici/<str:number>/", public.round, name="round"),
    path("pici/<str:number>/guize/", public.round_rules, name="round_rules"),
    path("pici/<str:number>/xiangmu/", public.round_projects, name="round_projects"),
    path("xiangmu/", public.proposals, name="proposals"),
    path("xiangmu/<str:number>/", public.proposal, name="proposal"),
    path("gongshi/", boards.notice_board, name="notice_board"),
    path("jindu/", boards.delivery_board, name="delivery_board"),
    path("shuju/", boards.statistics, name="statistics"),
    path("shuju/kaifang/", opendata.open_data, name="open_data"),
    path("shuju/kaifang/<slug:dataset>.csv", opendata.open_csv, name="open_csv"),
    path("shuju/kaifang/<slug:dataset>.json", opendata.open_json, name="open_json"),
    path("zijin/", opendata.public_money, name="public_money"),
    path("sousuo/", boards.search, name="search"),
    path("bangzhu/", boards.help, name="help"),
    path("wuzhangai/", boards.accessibility, name="accessibility"),
    path("yinsi/", boards.privacy, name="privacy"),
    path("ditu/", boards.site_map, name="site_map"),
    path("wode/", mine.mine, name="mine"),
    path("wode/xiaoxi/", mine.my_notices, name="my_notices"),
    path("wode/xiaoxi/<int:key>/", mine.read_notice, name="read_notice"),
    path("wode/xiaoxi/quanbu/", mine.read_all, name="read_all"),
    path("daiban/", staff.queue, name="queue"),
    path("daiban/pici/<str:number>/", staff.round_desk, name="round_desk"),
    path("daiban/dangan/<str:number>/", staff.dossier, name="dossier"),
    path("kanban/", overview.overview, name="overview"),
    path("kanban/biao/", overview.overview_file, name="overview_file"),
    path("kanban/xiangmu/", overview.overview_rows, name="overview_rows"),
    path("kanban/xiangmu/biao/", overview.overview_rows_file, name="overview_rows_file"),
    path("yuebao/", papers.papers, name="papers"),
    path("yuebao/<int:key>/", papers.paper, name="paper"),
    path("yuebao/<int:key>/chongshi/", papers.paper_again, name="paper_again"),
    path("daiban/dangan/<str:number>/dabao/", papers.archive, name="archive"),
    path("rizhi/", staff.log, name="log"),
    path("rizhi/heyan/", staff.verify_log, name="verify_log"),
]
