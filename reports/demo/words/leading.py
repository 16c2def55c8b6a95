"""The words that lead the reports of the demonstration, with their days, and what its townships plan; {v} is a village."""

from datetime import date

# Kind, words, first and last day, where they come from. What a township says of its own is below.
OF_ALL = (
    ("thought", "习近平新时代中国特色社会主义思想", date(2017, 10, 24), None, "党的十九大"),
    ("meeting", "党的十九大和十九届历次全会", date(2017, 10, 24), date(2022, 12, 31), ""),
    ("meeting", "中央人大工作会议", date(2021, 10, 14), None, "2021年10月召开"),
    ("study", "“两学一做”学习教育", date(2016, 2, 28), date(2022, 12, 31), ""),
    ("campaign", "“走农户、访民情、办实事”", date(2021, 12, 1), None, ""),
    ("meeting", "党的二十大", date(2022, 10, 22), None, "2022年10月召开"),
    ("study", "学习贯彻习近平新时代中国特色社会主义思想主题教育", date(2023, 4, 3), date(2024, 1, 31), ""),
    ("study", "党纪学习教育", date(2024, 4, 8), date(2024, 7, 31), ""),
    ("meeting", "党的二十届三中全会", date(2024, 7, 18), None, "2024年7月召开"),
    ("study", "深入贯彻中央八项规定精神学习教育", date(2025, 3, 18), date(2025, 7, 31), ""),
    ("meeting", "党的二十届四中全会", date(2025, 10, 23), None, "2025年10月召开"),
)
# By the series of a township: its slogans, one after the other.
OF_A_TOWNSHIP = {
    1: (
        ("work", "“转作风、做民事、保发展、促稳定”", date(2021, 12, 1), date(2023, 12, 31), "镇党委会议"),
        ("work", "“强产业、美乡村、优服务”", date(2024, 1, 15), None, "镇党委会议"),
    ),
    2: (("work", "“生态立乡、实干兴乡”", date(2022, 1, 20), None, "党委会议"),),
    3: (("work", "“抓项目、惠民生、守底线”", date(2023, 1, 10), None, "党委会议"),),
}
# What is promised for a year: words, figure and number, or what became of it and how that is said.
PROMISES = (
    ("举办代表学习培训", "trainings.count", 2, "", ""),
    ("开展接待选民活动", "receptions.count", 12, "", ""),
    ("推动{v}道路硬化", "", None, "done", "年底前已通车"),
    ("推动{v}饮水管网改造", "", None, "partly", "主管道已更换，入户管道正在施工"),
)
