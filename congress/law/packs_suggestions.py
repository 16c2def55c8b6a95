"""Provincial and city rules about suggestions as data. One row per value, each with its article.

`force`: 直接适用 (binds townships), 参照执行 (townships "参照"), 可以参照 (townships "可以参照"), 只及于省级代表 (the text
speaks of deputies of the province and no clause extends it to townships).
`start`: the event from which a period runs, as the article says it; empty where the article is silent.
"""

from dataclasses import dataclass

DIRECT, FOLLOW, MAY_FOLLOW = "直接适用", "参照执行", "可以参照"
PROVINCE_ONLY = "只及于省级代表，仅供借鉴"


@dataclass(frozen=True, slots=True)
class Row:
    """One value of one pack. `clause` and `article` say where it stands; `gist` says it in our words."""

    pack: str
    key: str
    value: int | bool | str
    law: str
    article: int
    clause: str
    gist: str
    force: str = DIRECT
    start: str = ""
    note: str = ""


SD, QD, CQ, ZJ, HN, BJ, SH = "shandong", "qingdao", "chongqing", "zhejiang", "henan", "beijing", "shanghai"
_SDS, _SDT, _SDM = "shandong_suggestion_rules", "shandong_township_rules", "shandong_deputies_measures"
_QDS = "qingdao_suggestion_rules"
_CQS, _CQT, _CQM = "chongqing_suggestion_rules", "chongqing_township_rules", "chongqing_deputies_measures"
_ZJS, _ZJM = "zhejiang_suggestion_rules", "zhejiang_deputies_measures"
_HNS = "henan_suggestion_rules"
_BJS, _BJM = "beijing_suggestion_rules", "beijing_deputies_measures"
_SHS = "shanghai_suggestion_rules"

_HN_NOTE = "办法写的是收到之后起算；代表法自交办之日起算，从代表法"

REPLY: tuple[Row, ...] = (
    Row(SD, "suggestion.reply_months", 3, _SDM, 40, "第一款", "自交办之日起三个月内答复。", start="交办之日"),
    Row(SD, "suggestion.reply_months_difficult", 6, _SDM, 40, "第一款", "经交办机关同意六个月。", start="交办之日"),
    Row(SD, "suggestion.extension_consent", True, _SDM, 40, "第一款", "六个月须经交办机关同意。"),
    Row(SD, "suggestion.session_reply_months", 2, _SDT, 15, "", "闭会之日起两个月内答复。", start="闭会之日"),
    Row(SD, "suggestion.session_reply_months_difficult", 4, _SDT, 15, "", "特殊情况不超过四个月。", start="闭会之日"),
    Row(QD, "suggestion.reply_months", 3, _QDS, 25, "", "自交办之日起三个月内答复。", MAY_FOLLOW, "交办之日"),
    Row(QD, "suggestion.reply_months_difficult", 6, _QDS, 25, "", "经同意延期，最长六个月。", MAY_FOLLOW, "交办之日"),
    Row(QD, "suggestion.extension_consent", True, _QDS, 25, "", "延期须经代表工作机构同意。", MAY_FOLLOW),
    Row(CQ, "suggestion.session_reply_months", 2, _CQT, 16, "第一款", "两个月内办结并书面答复。", start="交办之日"),
    Row(CQ, "suggestion.session_reply_months_difficult", 4, _CQT, 16, "第一款", "最迟四个月。", start="交办之日"),
    Row(CQ, "suggestion.reply_months", 3, _CQM, 47, "第一款", "三个月内办结并书面答复。", start="交办之日"),
    Row(CQ, "suggestion.reply_months_difficult", 6, _CQM, 47, "第一款", "难度大的六个月内。", start="交办之日"),
    Row(ZJ, "suggestion.reply_months", 3, _ZJM, 43, "第一款", "自交办之日起三个月内书面答复。", start="交办之日"),
    Row(ZJ, "suggestion.reply_months_difficult", 6, _ZJM, 43, "第一款", "难度大的六个月内。", start="交办之日"),
    Row(ZJ, "suggestion.extension_consent", True, _ZJS, 21, "", "延长至六个月须经交办机构同意。", PROVINCE_ONLY),
    Row(
        HN,
        "suggestion.reply_months",
        3,
        _HNS,
        20,
        "",
        "收到后三个月内办理完毕并答复。",
        MAY_FOLLOW,
        "交办之日",
        note=_HN_NOTE,
    ),
    Row(
        HN,
        "suggestion.reply_months_difficult",
        6,
        _HNS,
        20,
        "",
        "说明情况后六个月内。",
        MAY_FOLLOW,
        "交办之日",
        note=_HN_NOTE,
    ),
    Row(BJ, "suggestion.reply_months", 3, _BJM, 30, "第三款", "自交办之日起三个月内答复。", start="交办之日"),
    Row(BJ, "suggestion.reply_months_difficult", 6, _BJM, 30, "第三款", "经同意至迟六个月。", start="交办之日"),
    Row(BJ, "suggestion.extension_consent", True, _BJM, 30, "第三款", "六个月须经交办机关同意。"),
    Row(SH, "suggestion.reply_months", 3, _SHS, 19, "第一款", "自交办之日起三个月内答复。", FOLLOW, "交办之日"),
    Row(SH, "suggestion.reply_months_difficult", 6, _SHS, 19, "第一款", "延长不超过三个月。", FOLLOW, "交办之日"),
    Row(SH, "suggestion.extension_consent", True, _SHS, 19, "第一款", "延长须书面报告并经同意。", FOLLOW),
    Row(SH, "suggestion.continue_after_term", True, _SHS, 19, "第二款", "换届后继续办理并答复提出人。", FOLLOW),
)

REDO: tuple[Row, ...] = (
    Row(SD, "suggestion.redo_months", 1, _SDS, 24, "", "不满意的重新办理，一个月内再答复。", MAY_FOLLOW),
    Row(CQ, "suggestion.redo_months", 2, _CQM, 47, "第三款", "视情况交重新办理，两个月内书面答复。"),
    Row(CQ, "suggestion.redo_condition", "视情况", _CQM, 47, "第三款", "由主席团视情况交重新办理。"),
    Row(SH, "suggestion.redo_condition", "需要再次办理的", _SHS, 21, "第二款", "对需要再次办理的再作办理。", FOLLOW),
    Row(
        BJ, "suggestion.redo_condition", "办理敷衍塞责、需要重新办理的", _BJS, 27, "第四款", "需要的重新办理。", FOLLOW
    ),
    Row(ZJ, "suggestion.redo_months", 1, _ZJM, 43, "第一款", "不满意的一个月内重新办理答复。"),
    Row(HN, "suggestion.redo_months", 1, _HNS, 22, "第二款", "一个月内再次办理并答复。", MAY_FOLLOW),
    Row(
        BJ,
        "suggestion.redo_months",
        2,
        _BJS,
        27,
        "第四款",
        "要求重新办理的二个月内重新答复。",
        FOLLOW,
        note="条文以办理敷衍塞责、需要重新办理为前提",
    ),
    Row(SH, "suggestion.redo_months", 1, _SHS, 21, "第二款", "需要再次办理的一个月内再答复。", FOLLOW),
    Row(
        HN,
        "suggestion.still_dissatisfied",
        "组织有关单位及专家评估，承办单位按评估意见处理",
        _HNS,
        22,
        "第三款",
        "再次答复仍不满意的组织评估。",
        MAY_FOLLOW,
    ),
    Row(
        CQ,
        "suggestion.still_dissatisfied",
        "召集有关代表和承办单位研究，提出处理意见",
        _CQS,
        27,
        "第二款",
        "重新答复仍不满意的召集研究。",
        FOLLOW,
    ),
)

FEEDBACK: tuple[Row, ...] = (
    Row(HN, "suggestion.feedback_working_days", 10, _HNS, 22, "第一款", "十个工作日内反馈。", MAY_FOLLOW, "收到答复"),
    Row(BJ, "suggestion.feedback_working_days", 15, _BJS, 23, "第一款", "十五个工作日内反馈。", FOLLOW, "收到答复"),
    Row(CQ, "suggestion.feedback_working_days", 20, _CQM, 47, "第二款", "二十个工作日内反馈。", start="收到答复"),
    Row(CQ, "suggestion.no_response_excluded", True, _CQS, 29, "", "催促仍不反馈的不纳入满意情况统计。", FOLLOW),
    Row(CQ, "suggestion.commitment_quarter", 4, _CQS, 24, "第二款", "每年第四季度寄送承诺落实情况。", FOLLOW),
    Row(ZJ, "inspection.feedback_months", 3, _ZJM, 24, "第二款", "研究处理情况三个月内反馈。"),
    Row(SD, "inspection.feedback_months", 3, _SDM, 23, "", "研究处理情况三个月内反馈。"),
    Row(
        CQ,
        "inspection.feedback_months",
        1,
        _CQM,
        31,
        "",
        "研究处理情况一个月内书面反馈交办机构。",
        note="条文写的是书面反馈交办机构，没有写直接向代表反馈",
    ),
)

STEPS: tuple[Row, ...] = (
    Row(SD, "suggestion.assign_days", 5, _SDS, 10, "第一款", "接到之日起五日内交办。", MAY_FOLLOW, "接到之日"),
    Row(QD, "suggestion.assign_working_days", 5, _QDS, 14, "", "五个工作日内交办。", MAY_FOLLOW, "收到之日"),
    Row(SH, "suggestion.assign_working_days", 7, _SHS, 11, "第一款", "七个工作日内交办。", FOLLOW, "收到之日"),
    Row(CQ, "suggestion.assign_working_days", 10, _CQS, 13, "第二款", "十个工作日内交办。", FOLLOW, "收到之日"),
    Row(
        ZJ,
        "suggestion.accept_notice_days",
        7,
        _ZJS,
        10,
        "第一款",
        "受理后七天内通知代表。",
        PROVINCE_ONLY,
        start="受理之日",
    ),
    Row(SD, "suggestion.return_days", 5, _SDS, 12, "", "五日内说明情况。", MAY_FOLLOW, "收到之日"),
    Row(QD, "suggestion.return_working_days", 5, _QDS, 19, "第一款", "五个工作日内说明。", MAY_FOLLOW, "收到之日"),
    Row(SH, "suggestion.return_working_days", 7, _SHS, 14, "第一款", "七个工作日内说明。", FOLLOW, "收到之日"),
    Row(ZJ, "suggestion.return_days", 10, _ZJS, 14, "", "十日内说明情况。", PROVINCE_ONLY, start="收到之日"),
    Row(HN, "suggestion.return_working_days", 10, _HNS, 14, "", "十个工作日内书面报告。", MAY_FOLLOW, "交办之日"),
    Row(CQ, "suggestion.return_working_days", 10, _CQS, 16, "", "十个工作日内书面说明。", FOLLOW, "交办之日"),
    Row(HN, "suggestion.reassign_working_days", 10, _HNS, 14, "", "十个工作日内重新交办。", MAY_FOLLOW, "收到退办报告"),
    Row(CQ, "suggestion.reassign_working_days", 10, _CQS, 16, "", "十个工作日内重新交办。", FOLLOW, "收到退办说明"),
    Row(CQ, "suggestion.first_contact_working_days", 20, _CQS, 18, "", "二十个工作日内联系。", FOLLOW, "收到之日"),
    Row(SD, "suggestion.assisting_months", 1, _SDS, 21, "", "协办意见一个月内告主办。", MAY_FOLLOW, "收到之日"),
    Row(SH, "suggestion.assisting_months", 1, _SHS, 17, "第一款", "会办意见一个月内送主办。", FOLLOW, "收到之日"),
    Row(QD, "suggestion.assisting_months", 1, _QDS, 24, "", "协办意见一个月内送主办。", MAY_FOLLOW, "收到之日"),
    Row(
        ZJ,
        "suggestion.assisting_months",
        2,
        _ZJS,
        18,
        "第一款",
        "会办意见两个月内告主办。",
        PROVINCE_ONLY,
        start="收到之日",
    ),
    Row(HN, "suggestion.assisting_months", 2, _HNS, 18, "第一款", "协办意见两个月内告主办。", MAY_FOLLOW, "收到之日"),
    Row(CQ, "suggestion.assisting_working_days", 30, _CQS, 20, "第一款", "协办意见三十个工作日。", FOLLOW, "交办之日"),
)

FORMS: tuple[Row, ...] = (
    Row(SD, "suggestion.joint_reply", "each_or_lead", _SDS, 20, "第二款", "分别答复或者商领衔代表转复。", MAY_FOLLOW),
    Row(QD, "suggestion.joint_reply", "lead", _QDS, 28, "第三款", "主要答复领衔代表，由其转复。", MAY_FOLLOW),
    Row(CQ, "suggestion.joint_reply", "each", _CQS, 23, "第二款", "答复每位代表。", FOLLOW),
    Row(ZJ, "suggestion.joint_reply", "each", _ZJS, 22, "第二款", "分别答复每位代表。", PROVINCE_ONLY),
    Row(HN, "suggestion.joint_reply", "each", _HNS, 21, "第二款", "逐人答复。", MAY_FOLLOW),
    Row(SH, "suggestion.joint_reply", "each", _SHS, 20, "", "答复每位代表。", FOLLOW),
    Row(SD, "suggestion.joint_rating", "lead", _SDS, 23, "", "领衔代表征求联名代表意见后反馈。", MAY_FOLLOW),
    Row(CQ, "suggestion.joint_rating", "lead", _CQS, 26, "第二款", "联名提出的由领衔代表反馈。", FOLLOW),
    Row(ZJ, "suggestion.joint_rating", "lead", _ZJS, 23, "第一款", "征询意见表附寄领衔代表。", PROVINCE_ONLY),
    Row(SD, "suggestion.dissatisfied_reason", True, _SDS, 23, "", "不满意的应当填写具体意见。", MAY_FOLLOW),
    Row(CQ, "suggestion.dissatisfied_reason", True, _CQS, 27, "第二款", "不满意的应当填写具体意见。", FOLLOW),
    Row(HN, "suggestion.dissatisfied_reason", True, _HNS, 22, "第二款", "不满意的应当说明理由。", MAY_FOLLOW),
    Row(SH, "suggestion.dissatisfied_reason", True, _SHS, 21, "第一款", "不满意的应当填写具体意见。", FOLLOW),
    Row(SD, "suggestion.merged_separate_replies", True, _SDS, 20, "第二款", "并案办理须分别答复。", MAY_FOLLOW),
    Row(ZJ, "suggestion.merged_separate_replies", True, _ZJS, 18, "第三款", "合并办理应当分别答复。", PROVINCE_ONLY),
    Row(HN, "suggestion.merged_separate_replies", True, _HNS, 21, "第二款", "一并办理，分别答复。", MAY_FOLLOW),
    Row(CQ, "suggestion.separate_replies", True, _CQS, 20, "第二款", "分别办理的，分别答复代表。", FOLLOW),
    Row(ZJ, "suggestion.separate_replies", True, _ZJS, 18, "第二款", "分别办理的，分别答复代表。", PROVINCE_ONLY),
    Row(HN, "suggestion.separate_replies", True, _HNS, 18, "第二款", "分别承办的，分别答复代表。", MAY_FOLLOW),
    Row(SD, "suggestion.hide_names", True, _SDS, 11, "", "要求保密或者可能遭报复的应当保密。", MAY_FOLLOW),
    Row(QD, "suggestion.hide_names", True, _QDS, 18, "", "要求保密或者可能遭报复的应当保密。", MAY_FOLLOW),
    Row(CQ, "motion.unlisted_becomes_suggestion", True, _CQT, 14, "第二款", "未列入议程的应转为建议。"),
    Row(SD, "motion.unlisted_becomes_suggestion", True, _SDS, 2, "", "主席团决定作建议处理的议案。", MAY_FOLLOW),
    Row(ZJ, "motion.unlisted_becomes_suggestion", True, _ZJS, 2, "", "主席团决定作为建议的议案。", PROVINCE_ONLY),
    Row(BJ, "motion.unlisted_becomes_suggestion", True, _BJS, 2, "第二款", "主席团决定作建议处理的。", FOLLOW),
    Row(QD, "motion.unlisted_becomes_suggestion", True, _QDS, 2, "", "主席团决定作建议处理的议案。", MAY_FOLLOW),
)

NOT_ACCEPTABLE: tuple[Row, ...] = (
    Row(
        SD,
        "suggestion.not_acceptable",
        "personal,forwarded,academic,empty",
        _SDS,
        6,
        "",
        "列举不宜提出的。",
        MAY_FOLLOW,
    ),
    Row(
        QD,
        "suggestion.not_acceptable",
        "personal,accusation,pending_case,academic,empty",
        _QDS,
        11,
        "第一款",
        "列举不宜提出的。",
        MAY_FOLLOW,
    ),
    Row(
        CQ,
        "suggestion.not_acceptable",
        "personal,pending_case,forwarded,academic,accusation",
        _CQS,
        9,
        "第二款",
        "列举不宜提出的。",
        FOLLOW,
    ),
    Row(
        ZJ,
        "suggestion.not_acceptable",
        "personal,forwarded,academic,empty,pending_case,tender",
        _ZJS,
        6,
        "",
        "列举不宜提出的。",
        PROVINCE_ONLY,
    ),
    Row(
        BJ,
        "suggestion.not_acceptable",
        "personal,academic,forwarded,accusation,pending_case,tender,competition",
        _BJS,
        12,
        "第二款",
        "列举不宜提出的。",
        FOLLOW,
    ),
    Row(
        SH,
        "suggestion.not_acceptable",
        "outside_powers,personal,own_unit,pending_case,forwarded,academic,empty",
        _SHS,
        8,
        "第一款",
        "列举不宜提出的。",
        FOLLOW,
    ),
    Row(HN, "suggestion.not_acceptable", "tender,pending_case", _HNS, 8, "第二款", "按其他程序处理的。", MAY_FOLLOW),
    Row(SD, "suggestion.one_matter", True, _SDS, 8, "第二款", "一事一议。", MAY_FOLLOW),
    Row(QD, "suggestion.one_matter", True, _QDS, 10, "", "一事一议，事由清楚。", MAY_FOLLOW),
    Row(CQ, "suggestion.one_matter", True, _CQS, 9, "第一款", "一事一议，不同事项分开提。", FOLLOW),
    Row(ZJ, "suggestion.one_matter", True, _ZJS, 7, "第一款", "一事一件，有情况有分析有意见。", PROVINCE_ONLY),
    Row(HN, "suggestion.one_matter", True, _HNS, 10, "", "一事一议，内容明确具体。", MAY_FOLLOW),
    Row(BJ, "suggestion.one_matter", True, _BJS, 9, "第二款", "一事一议，内容明确具体。", FOLLOW),
    Row(SH, "suggestion.one_matter", True, _SHS, 6, "第二款", "一事一议，有具体意见。", FOLLOW),
)

ROWS: tuple[Row, ...] = REPLY + REDO + FEEDBACK + STEPS + FORMS + NOT_ACCEPTABLE
