"""National law as data: which article of which edition carries which rule, with a gist in our own words.

One row: fact, edition label, article, clause, gist. A fact that moved between editions has one row per edition.
The official texts are not here; `sources.py` says how they are loaded and checked.
"""

DEPUTIES_2025, DEPUTIES_2015 = "2025年修正", "2015年修正"

Row = tuple[str, str, int, str, str]

DEPUTIES_LAW: tuple[Row, ...] = (
    ("term", DEPUTIES_2025, 2, "第三款", "每届五年，自本届第一次会议起，至下届第一次会议止。"),
    ("attendance", DEPUTIES_2025, 13, "第一款", "按时出席会议；因健康等特殊原因不能出席的按规定请假。"),
    ("attendance", DEPUTIES_2015, 7, "第一款", "按时出席会议；因健康等特殊原因不能出席的按规定请假。"),
    ("motion_content", DEPUTIES_2025, 15, "第一款", "议案属于本级人大职权，并有案由、案据和方案。"),
    ("motion_content", DEPUTIES_2015, 9, "第一款", "议案属于本级人大职权，并有案由、案据和方案。"),
    ("interpellation", DEPUTIES_2025, 20, "第三款", "乡镇人大代表可以依法对本级人民政府提出质询案。"),
    ("interpellation", DEPUTIES_2015, 14, "第三款", "乡镇人大代表可以依法对本级人民政府提出质询案。"),
    ("interpellation_again", DEPUTIES_2025, 20, "第五款", "提案代表半数以上不满意的，可以要求再作答复。"),
    ("interpellation_again", DEPUTIES_2015, 14, "第五款", "提案代表半数以上不满意的，可以要求再作答复。"),
    ("suggestion_in_session", DEPUTIES_2025, 24, "", "代表有权向本级人大提出建议，内容应当明确具体。"),
    ("suggestion_in_session", DEPUTIES_2015, 18, "", "代表有权向本级人大提出建议，内容应当明确具体。"),
    ("inspection_report", DEPUTIES_2025, 31, "第一款", "视察、调研报告由主席团转交；研究处理情况及时反馈代表。"),
    ("inspection_report", DEPUTIES_2015, 24, "", "视察、调研报告由主席团转交；研究处理情况应当反馈代表。"),
    ("no_direct_handling", DEPUTIES_2025, 31, "第二款", "代表视察、调研时可以提意见，但不直接处理问题。"),
    ("no_direct_handling", DEPUTIES_2015, 22, "第四款", "代表视察时可以提意见，但不直接处理问题。"),
    ("suggestion_between_sessions", DEPUTIES_2025, 36, "", "闭会期间向主席团提出建议，内容应当明确具体。"),
    ("suggestion_between_sessions", DEPUTIES_2015, 29, "", "闭会期间向主席团提出建议，内容应当明确具体。"),
    ("arrest_report", DEPUTIES_2025, 39, "第四款", "乡镇代表被限制人身自由的，执行机关立即报告乡镇人大。"),
    ("arrest_report", DEPUTIES_2015, 32, "第四款", "乡镇代表被限制人身自由的，执行机关立即报告乡镇人大。"),
    ("training", DEPUTIES_2025, 47, "第三款", "乡镇代表应当参加上级人大常委会和主席团组织的履职学习培训。"),
    ("training", DEPUTIES_2015, 39, "第二款", "乡镇代表可以参加上级人大常委会组织的履职学习。"),
    ("assign_suggestions", DEPUTIES_2025, 51, "第一款", "代表建议由主席团交有关机关、组织研究办理。"),
    ("reply_to_suggestions", DEPUTIES_2025, 51, "第二款", "自交办之日起三个月内答复；涉及面广、难度大的六个月内。"),
    ("reply_to_suggestions", DEPUTIES_2015, 42, "第一款", "自交办之日起三个月内答复；涉及面广、难度大的六个月内。"),
    ("talk_with_deputy", DEPUTIES_2025, 51, "第二款", "办理过程中与代表联系沟通，充分听取意见。"),
    ("talk_with_deputy", DEPUTIES_2015, 42, "第二款", "办理过程中与代表联系沟通，充分听取意见。"),
    ("suggestion_report", DEPUTIES_2025, 51, "第三款", "主席团或者有关机关向乡镇人大报告办理情况，报告应当公开。"),
    ("suggestion_report", DEPUTIES_2015, 42, "第三款", "办理情况向主席团报告并印发下次大会，报告应当公开。"),
    ("supervise_suggestions", DEPUTIES_2025, 52, "第一款", "主席团应当加强对代表建议的督促办理。"),
    ("report_to_voters", DEPUTIES_2025, 58, "第二款", "代表报告履职；主席团记录履职、定期组织报告并公示履职信息。"),
    ("report_to_voters", DEPUTIES_2015, 45, "第二款", "代表向选民报告履职；主席团定期组织报告。"),
    ("publish_performance", DEPUTIES_2025, 58, "第二款", "主席团记录代表履职情况，公示代表基本信息和履职信息。"),
    ("conflict_of_interest", DEPUTIES_2025, 59, "", "不得借履职干预具体案件、插手招标投标或者变相牟利。"),
    ("conflict_of_interest", DEPUTIES_2015, 46, "", "不得借履职干涉具体司法案件或者招标投标牟利。"),
    ("suspension", DEPUTIES_2025, 61, "第一款", "因刑事案件被羁押或者服刑而未剥夺政治权利的，暂停执行职务。"),
    ("suspension", DEPUTIES_2015, 48, "第一款", "因刑事案件被羁押或者服刑而未剥夺政治权利的，暂停执行职务。"),
    ("resumption", DEPUTIES_2025, 61, "第二款", "任期内情形消失的恢复执行职务，资格已终止的除外。"),
    ("resumption", DEPUTIES_2015, 48, "第二款", "任期内情形消失的恢复执行职务，资格已终止的除外。"),
    ("moved_away", DEPUTIES_2025, 62, "第一款第一项", "迁出或者调离本行政区域的，代表资格终止。"),
    ("moved_away", DEPUTIES_2015, 49, "第一项", "迁出或者调离本行政区域的，代表资格终止。"),
    ("resigned", DEPUTIES_2025, 62, "第一款第二项", "辞职或者责令辞职被接受的，代表资格终止。"),
    ("resigned", DEPUTIES_2015, 49, "第二项", "辞职被接受的，代表资格终止。"),
    ("ordered_resignation", DEPUTIES_2025, 62, "第一款第二项", "责令辞职被接受的，代表资格终止。"),
    ("two_absences", DEPUTIES_2025, 62, "第一款第三项", "未经批准两次不出席本级人大会议的，代表资格终止。"),
    ("two_absences", DEPUTIES_2015, 49, "第三项", "未经批准两次不出席本级人大会议的，代表资格终止。"),
    ("recalled", DEPUTIES_2025, 62, "第一款第四项", "被罢免的，代表资格终止。"),
    ("recalled", DEPUTIES_2015, 49, "第四项", "被罢免的，代表资格终止。"),
    ("lost_nationality", DEPUTIES_2025, 62, "第一款第五项", "丧失中国国籍的，代表资格终止。"),
    ("lost_nationality", DEPUTIES_2015, 49, "第五项", "丧失中国国籍的，代表资格终止。"),
    ("political_rights", DEPUTIES_2025, 62, "第一款第六项", "依法被剥夺政治权利的，代表资格终止。"),
    ("political_rights", DEPUTIES_2015, 49, "第六项", "依法被剥夺政治权利的，代表资格终止。"),
    ("incapacity", DEPUTIES_2025, 62, "第一款第七项", "丧失行为能力的，代表资格终止。"),
    ("incapacity", DEPUTIES_2015, 49, "第七项", "丧失行为能力的，代表资格终止。"),
    ("death", DEPUTIES_2025, 62, "第二款", "代表去世的，代表资格自然终止。"),
    ("announce_end_county", DEPUTIES_2025, 63, "第一款", "县级以上由资格审查委员会报本级常委会，由常委会公告。"),
    ("announce_end_county", DEPUTIES_2015, 50, "第一款", "县级以上由资格审查委员会报本级常委会，由常委会公告。"),
    ("announce_end", DEPUTIES_2025, 63, "第二款", "由代表资格审查委员会报乡镇人大，由乡镇人大公告。"),
    ("announce_end", DEPUTIES_2015, 50, "第二款", "由代表资格审查委员会报乡镇人大，由乡镇人大公告。"),
)

_E = "2020年修正"

ELECTION_LAW: tuple[Row, ...] = (
    ("voting_age", _E, 4, "第一款", "年满十八周岁的公民有选举权和被选举权。"),
    ("deprived", _E, 4, "第二款", "依法被剥夺政治权利的人没有选举权和被选举权。"),
    ("one_vote", _E, 5, "", "每一选民在一次选举中只有一个投票权。"),
    ("committee_appointed", _E, 10, "第一款", "乡镇选举委员会组成人员由县级人大常委会任命。"),
    ("committee_candidate", _E, 10, "第二款", "选举委员会成员成为代表候选人的，应当辞去选委会职务。"),
    ("seats", _E, 12, "第一款第四项", "基数45，每1500人可加1名，最多160；不足2000人可少于45。"),
    ("seats_county", _E, 12, "第一款第三项", "基数140，每5000人可加1名，最多450；不足五万人可少于140。"),
    ("seats_minority", _E, 12, "第三款", "县、自治县、乡、民族乡经省级人大常委会决定可另加5%。"),
    ("seats_fixed_by_county", _E, 13, "", "乡级名额由县级人大常委会确定，报上一级备案。"),
    ("seats_unchanged", _E, 14, "第一款", "总名额确定后不再变动，区划或者人口重大变动时重新确定。"),
    ("district_size", _E, 25, "第二款", "每一选区选一名至三名代表。"),
    ("equal_population", _E, 26, "", "各选区每一代表所代表的人口数大体相等。"),
    ("registration", _E, 27, "第一款", "登记长期有效；每次选举前只做新增、迁移和除名。"),
    ("mental_illness", _E, 27, "第二款", "不能行使选举权利的精神病患者，经选委会确认不列入名单。"),
    ("publish_roll", _E, 28, "", "选民名单在选举日的二十日以前公布。"),
    ("roll_appeal", _E, 29, "", "公布之日起五日内申诉，三日内决定；选举日五日以前可以起诉。"),
    ("nomination", _E, 30, "第二款", "选民十人以上联名可以推荐候选人；被推荐人如实提供情况。"),
    ("nomination_cap", _E, 30, "第三款", "每一选民联名推荐的人数、政党团体推荐的人数不超过应选名额。"),
    ("candidate_number", _E, 31, "第二款", "直接选举的候选人数应多于应选名额三分之一至一倍。"),
    ("publish_candidates", _E, 32, "第一款", "全部被推荐的候选人在选举日的十五日以前公布。"),
    ("publish_final_candidates", _E, 32, "第一款", "正式候选人在选举日的七日以前公布。"),
    ("preliminary_election", _E, 32, "第一款", "不能形成较为一致意见的进行预选，按得票多少确定正式候选人。"),
    ("introduce_candidates", _E, 34, "", "应当介绍候选人；选举日必须停止介绍。"),
    ("foreign_funding", _E, 35, "第二款", "接受境外资助的不列入、除名或者当选无效。"),
    ("ballot_credential", _E, 37, "", "凭身份证或者选民证领取选票。"),
    ("mobile_box", _E, 38, "", "行动不便或者居住分散、交通不便的选民可在流动票箱投票。"),
    ("secret_ballot", _E, 40, "第一款", "一律无记名投票，设秘密写票处。"),
    ("written_by_other", _E, 40, "第二款", "文盲或者因残疾不能写票的，可委托信任的人代写。"),
    ("vote_choices", _E, 41, "", "可以赞成、反对、另选其他任何选民，也可以弃权。"),
    ("proxy", _E, 42, "", "外出经选委会同意可书面委托其他选民；每人受托不超过三人。"),
    ("count_check", _E, 43, "第一款", "监票、计票人员核对投票人数和票数，作记录，监票人签字。"),
    ("relatives_barred", _E, 43, "第二款", "候选人的近亲属不得担任监票人、计票人。"),
    ("ballots_exceed", _E, 44, "第一款", "票数多于投票人数的无效，等于或者少于的有效。"),
    ("ballot_overfull", _E, 44, "第二款", "一张选票所选人数多于应选人数的作废，等于或者少于的有效。"),
    ("turnout", _E, 45, "第一款", "全体选民过半数参加投票，选举有效。"),
    ("winning", _E, 45, "第一款", "得到参加投票的选民过半数选票的候选人当选。"),
    ("tie", _E, 45, "第三款", "票数相等不能确定当选人的，就这些候选人再次投票，得票多的当选。"),
    ("another_round", _E, 45, "第四款", "不足的名额另行选举，按第一次得票顺序和差额比例定候选人。"),
    ("another_round_third", _E, 45, "第五款", "另行选举得票多的当选，但不少于选票的三分之一。"),
    ("announce_result", _E, 46, "", "选委会确定选举是否有效并宣布，公布当选名单。"),
    ("qualification_review", _E, 47, "", "资格审查委员会审查后报告主席团，第一次会议前公布代表名单。"),
    ("two_congresses", _E, 48, "", "不得同时担任两个以上无隶属关系行政区域的代表。"),
    ("recall_demand", _E, 50, "第一款", "原选区选民县级五十人、乡级三十人以上联名，书面向县级常委会提出。"),
    ("recall_secret", _E, 52, "", "罢免代表采用无记名表决。"),
    ("recall_vote", _E, 53, "第一款", "罢免须经原选区过半数的选民通过。"),
    ("recall_indirect", _E, 53, "第二款", "间接选举的代表由选出他的人大过半数的代表或者常委会罢免。"),
    ("chair_falls_recalled", _E, 54, "第二款", "主席、副主席的代表职务被罢免的，主席、副主席职务相应撤销。"),
    ("resignation_indirect", _E, 55, "第一款", "间接选举的代表向选举他的人大的常委会辞职，报上一级公告。"),
    ("deputy_resignation", _E, 55, "第二款", "乡级经人大过半数代表、县级经常委会过半数组成人员通过并公告。"),
    ("chair_falls_resigned", _E, 56, "第二款", "辞去代表被接受的，主席、副主席职务相应终止。"),
    ("by_election", _E, 57, "第四款", "补选可以差额也可以等额，具体办法由省级人大常委会规定。"),
    ("election_offences", _E, 58, "第三款", "以贿赂、胁迫、作假等手段当选的，当选无效。"),
)

_O = "2022年修正"

ORGANIC_LAW: tuple[Row, ...] = (
    ("powers", _O, 12, "第一款", "列举乡镇人大的职权。"),
    ("meetings_per_year", _O, 14, "第一款", "每年至少一次，乡镇一般两次；日期由主席团决定并公布。"),
    ("temporary_session", _O, 14, "第三款", "主席团认为必要或者五分之一以上代表提议，可以临时召集。"),
    ("quorum", _O, 14, "第四款", "三分之二以上的代表出席，始得举行。"),
    ("vice_chairs", _O, 18, "第一款", "设主席，可设副主席一人至二人，从代表中选出。"),
    ("no_government_post", _O, 18, "第二款", "主席、副主席不得担任国家行政机关职务，担任的必须辞职。"),
    ("presidium", _O, 19, "第一款", "会议选举主席团，主持会议并召集下一次会议；主席、副主席为成员。"),
    ("presidium_work", _O, 19, "第二款", "闭会期间听取专项报告、执法检查、视察调研，并向大会报告。"),
    ("first_session", _O, 20, "", "代表选举完成后两个月内，由上次大会主席团召集第一次会议。"),
    ("observers", _O, 21, "", "乡级政府领导人员列席本级人大会议。"),
    ("motion", _O, 22, "第二款", "县级以上十人、乡镇五人以上联名可以提出议案，由主席团决定列入。"),
    ("motion_withdrawal", _O, 22, "第三款", "交付表决前要求撤回的，经主席团同意，审议终止。"),
    ("interpellation", _O, 24, "第一款", "代表十人以上联名可以书面提出质询案，写明对象、问题和内容。"),
    ("majority", _O, 25, "", "选举和通过决议，以全体代表的过半数通过。"),
    ("nomination", _O, 26, "第二款", "乡镇代表十人以上书面联名可以提出主席、副主席、政府领导人员人选。"),
    ("nomination_cap", _O, 26, "第三款", "主席团、每一代表提名的候选人数不超过应选名额。"),
    ("officer_candidates", _O, 27, "第一款", "正职可多一人也可等额；副职应多一人至三人。"),
    ("secret_ballot", _O, 28, "", "无记名投票；可赞成、反对、另选或者弃权。"),
    ("officer_tie", _O, 29, "第一款", "过半数者超过名额时得票多的当选；票数相等的再次投票。"),
    ("officer_another_round", _O, 29, "第二款", "不足的名额另行选举，可另行提名，可在本次或者下次会议进行。"),
    ("officer_another_round_margin", _O, 29, "第三款", "另行选举副主席、副职仍须差额。"),
    ("officer_by_election", _O, 30, "", "补选候选人数可以多于或者等于应选人数。"),
    ("recall_officers", _O, 31, "第二款", "主席团或者五分之一以上代表联名可以提出罢免案。"),
    ("officer_resignation", _O, 32, "第二款", "主席、副主席、正副乡镇长向本级人大辞职，由大会决定。"),
    ("credentials_committee", _O, 37, "", "第一次会议通过的代表资格审查委员会行使职权至本届届满。"),
    ("term", _O, 38, "", "代表任期自本届第一次会议起，至下届第一次会议止。"),
    ("assign_suggestions", _O, 42, "第二款", "乡镇代表建议由主席团交有关机关和组织办理并负责答复。"),
    ("suggestion_report", _O, 42, "第三款", "主席团向乡镇人大报告建议办理情况，并予以公开。"),
    ("report_to_voters", _O, 43, "第四款", "代表应当向原选区选民报告履职情况。"),
    ("recall_by_voters", _O, 44, "第二款", "原选区选民以过半数通过罢免代表。"),
)

_D = "1983年通过"

DIRECT_ELECTION_RULES: tuple[Row, ...] = (
    ("mental_illness", _D, 3, "", "不能行使选举权利的精神病患者须经选委会确认。"),
    ("suspended_voting", _D, 4, "", "因严重刑案被羁押的，经检察院或者法院决定，羁押期间停止行使。"),
    ("may_vote", _D, 5, "第一款", "被判刑未剥夺政治权利、被羁押未决定停止、取保候审、拘留的准予行使。"),
    ("outside_units", _D, 7, "", "不属县级以下政府领导的单位职工，可以只参加县级选举。"),
    ("proxy_relatives", _D, 9, "第一款", "在外地的选民可以书面委托有选举权的亲属或者其他选民。"),
    ("moved_voters", _D, 9, "第二款", "已迁居未转户口的，取得选民资格证明可在现居住地参选。"),
    ("no_alteration", _D, 10, "第二款", "被推荐的候选人都应列入名单，不得调换或者增减。"),
    ("order_after_preliminary", _D, 10, "第三款", "经预选确定的正式候选人按得票多少排列。"),
)

BUDGET_LAW: tuple[Row, ...] = (
    ("publish_budget", "2018年修正", 14, "第一款", "预算、调整、决算经人大批准后二十日内由财政部门公开。"),
    ("township_budget_powers", "2018年修正", 21, "第三款", "乡镇人大审批预算、执行报告、调整方案和决算并监督执行。"),
    ("hear_voters_first", "2018年修正", 45, "", "审查预算草案前组织代表听取选民和社会各界意见。"),
    ("budget_filing", "2018年修正", 50, "第一款", "乡镇政府将批准的预算报上一级政府备案。"),
)

CIVIL_CODE: tuple[Row, ...] = (
    ("day_not_counted", "2020年通过", 201, "第一款", "按年月日计算的，开始当日不计入。"),
    ("end_of_months", "2020年通过", 202, "", "到期月的对应日为最后一日；没有对应日的为月末日。"),
    ("holiday_extension", "2020年通过", 203, "第一款", "最后一日是法定休假日的，以休假日结束次日为最后一日。"),
    ("other_rules_prevail", "2020年通过", 204, "", "法律另有规定的从其规定。"),
)
CIVIL_CODE_FAMILY: tuple[Row, ...] = (
    ("close_relatives", "2020年通过", 1045, "第二款", "配偶、父母、子女、兄弟姐妹、祖孙和外祖孙为近亲属。"),
)
CIVIL_PROCEDURE_LAW: tuple[Row, ...] = (
    ("day_not_counted", "2023年修正", 85, "第二款", "期间开始的时和日不计算在内。"),
    ("roll_suit", "2023年修正", 188, "", "不服申诉决定的，在选举日五日以前向选区所在地基层法院起诉。"),
    ("roll_judgement", "2023年修正", 189, "第一款", "法院必须在选举日前审结选民资格案件。"),
)
CRIMINAL_PROCEDURE_LAW: tuple[Row, ...] = (
    ("close_relatives", "2018年修正", 108, "第六项", "夫妻、父母、子女、同胞兄弟姊妹为近亲属（范围较窄）。"),
)
PERSONAL_INFORMATION_LAW: tuple[Row, ...] = (
    ("minimum", "2021年通过", 6, "", "处理个人信息目的明确、范围最小。"),
    ("statutory_duty", "2021年通过", 13, "第一款第三项", "为履行法定职责所必需可以处理个人信息。"),
    ("no_publication", "2021年通过", 25, "", "未经单独同意不得公开所处理的个人信息。"),
    ("sensitive", "2021年通过", 28, "", "敏感个人信息须有特定目的、充分必要并严格保护。"),
    ("security", "2021年通过", 51, "", "分类管理、加密、控制权限等安全措施。"),
)

NATIONAL: dict[str, tuple[Row, ...]] = {
    "deputies_law": DEPUTIES_LAW,
    "election_law": ELECTION_LAW,
    "organic_law": ORGANIC_LAW,
    "direct_election_rules": DIRECT_ELECTION_RULES,
    "budget_law": BUDGET_LAW,
    "civil_code": CIVIL_CODE,
    "civil_code_family": CIVIL_CODE_FAMILY,
    "civil_procedure_law": CIVIL_PROCEDURE_LAW,
    "criminal_procedure_law": CRIMINAL_PROCEDURE_LAW,
    "personal_information_law": PERSONAL_INFORMATION_LAW,
}
