"""What the national law says, or does not say, about every value a province may decide differently."""

from dataclasses import dataclass

NOT_SET = "全国法律未规定"
NONE = ""


@dataclass(frozen=True, slots=True)
class Key:
    """One value of a pack: label, unit, the national value with its ground, or the reason why there is none.

    `value` None means the national law is silent; `reason` then says so in words fit for a page.
    """

    key: str
    label: str
    unit: str = NONE
    value: int | bool | str | None = None
    law: str = NONE
    fact: str = NONE
    start: str = NONE
    reason: str = NOT_SET


_D, _E, _O = "deputies_law", "election_law", "organic_law"
_REPLY = "reply_to_suggestions"
_WAYS = "由选举委员会和执行机关共同决定"
_INTERVAL = "全国法律未规定主席团会议间隔，多由省级法规规定"

_KEYS: tuple[Key, ...] = (
    Key("suggestion.reply_months", "建议答复期限", "月", 3, _D, _REPLY, "交办之日"),
    Key("suggestion.reply_months_difficult", "涉及面广、处理难度大的建议答复期限", "月", 6, _D, _REPLY, "交办之日"),
    Key("suggestion.session_reply_months", "会议期间所提建议的答复期限", "月", 3, _D, _REPLY, "交办之日"),
    Key("suggestion.session_reply_months_difficult", "会议期间所提建议的最长答复期限", "月", 6, _D, _REPLY, "交办之日"),
    Key(
        "suggestion.extension_consent",
        "延期须经交办机关同意",
        reason="全国法律没有延期程序，六个月直接适用于难度大的建议",
    ),
    Key("suggestion.continue_after_term", "换届后继续办理"),
    Key("suggestion.redo_months", "不满意重新办理期限", "月", reason="无全国性规定，可按机关内部惯例掌握"),
    Key("suggestion.redo_condition", "重新办理的条件"),
    Key("suggestion.still_dissatisfied", "再次答复仍不满意的处理"),
    Key("suggestion.feedback_working_days", "代表反馈意见期限", "工作日"),
    Key("suggestion.no_response_excluded", "经催促不反馈的不计入满意率"),
    Key("suggestion.commitment_quarter", "承诺事项落实情况寄送季度", "季度"),
    Key("suggestion.assign_days", "闭会期间交办期限", "日"),
    Key("suggestion.assign_working_days", "闭会期间交办期限", "工作日"),
    Key("suggestion.accept_notice_days", "受理后通知代表期限", "日"),
    Key("suggestion.return_days", "退办说明期限", "日"),
    Key("suggestion.return_working_days", "退办说明期限", "工作日"),
    Key("suggestion.reassign_working_days", "退办后重新交办期限", "工作日"),
    Key("suggestion.first_contact_working_days", "首次联系代表期限", "工作日"),
    Key("suggestion.assisting_months", "协办意见期限", "月"),
    Key("suggestion.assisting_working_days", "协办意见期限", "工作日"),
    Key("suggestion.joint_reply", "联名建议的答复对象"),
    Key("suggestion.joint_rating", "联名建议的评价人"),
    Key("suggestion.dissatisfied_reason", "不满意须写明理由"),
    Key("suggestion.merged_separate_replies", "并案办理分别答复"),
    Key("suggestion.separate_replies", "分办分别答复"),
    Key("suggestion.hide_names", "要求保密的隐去姓名"),
    Key("suggestion.not_acceptable", "不应作为建议提出的事项"),
    Key("suggestion.one_matter", "一事一议"),
    Key("inspection.feedback_months", "视察调研意见反馈期限", "月", reason="代表法只要求及时反馈，未定期限"),
    Key("inspection.notice_days", "集中视察方案提前通知", "日"),
    Key("motion.unlisted_becomes_suggestion", "未列入议程的议案转为建议"),
    Key("motion.insist", "部分代表撤回后继续审议的人数", "人"),
    Key("motion.closing_day", "议案须在截止日期前提出", reason="全国法律未规定议案截止日期，由主席团决定"),
    Key("motion.amendment_signers", "修正案联名人数", "人"),
    Key("interpellation.small_congress", "小规模人大质询案放宽的代表数上限", "人"),
    Key("interpellation.departments", "可以对政府工作部门提出质询案", reason="代表法写的是对本级人民政府提出"),
    Key("interpellation.complex_months", "情况复杂的质询案答复期限", "月"),
    Key("presidium.size_min", "主席团人数下限", "人"),
    Key("presidium.size_max", "主席团人数上限", "人"),
    Key("presidium.size_max_large", "较大乡镇主席团人数上限", "人"),
    Key("presidium.size_usual", "主席团人数只写一般"),
    Key("presidium.large_from_deputies", "较大乡镇的代表人数起点", "人"),
    Key("presidium.large_from_population", "较大乡镇的人口起点", "人"),
    Key("presidium.meeting_interval", "主席团会议间隔", reason=_INTERVAL),
    Key("presidium.majority_present", "主席团会议过半数出席"),
    Key("presidium.majority_of_all", "主席团决定以全体成员过半数通过"),
    Key("presidium.temporary_meeting_members", "临时召集主席团会议的联名人数", "人"),
    Key("presidium.no_government_post", "主席团成员不得任政府职务", reason="全国法律只限制主席、副主席"),
    Key("credentials.members_min", "代表资格审查委员会委员人数下限", "人", reason="全国法律没有规定组成人数"),
    Key("credentials.members_max", "代表资格审查委员会委员人数上限", "人", reason="全国法律没有规定组成人数"),
    Key("credentials.certificate_by", "颁发代表当选证书的机关", reason="全国法律没有规定，通常由选举委员会颁发"),
    Key("session.notice_days", "会议提前通知", "日"),
    Key("session.papers_days", "会议资料提前送达", "日"),
    Key("session.temporary_exempt", "临时会议不受通知期限限制"),
    Key("session.min_days", "会期下限", "日"),
    Key("session.preparatory_meeting", "举行预备会议", reason="全国法律只对县级以上规定预备会议"),
    Key("session.meetings_per_year", "每年会议次数", "次", 2, _O, "meetings_per_year"),
    Key("session.each_half_year", "每半年至少举行一次会议"),
    Key("session.first_before", "每年第一次会议最迟月日"),
    Key("session.observers_share", "列席人数上限（代表总数的几分之一）"),
    Key("officers.ballots_exceed", "收回选票多于发出的选举无效", reason="地方组织法没有写明，由大会的选举办法规定"),
    Key("officers.fall_with_seat", "代表资格终止的，主席、副主席职务相应撤销", reason="选举法只写了辞职和被罢免"),
    Key("deputies.suspension_reported_to", "暂停执行职务向谁报告", reason="代表法写的是乡、民族乡、镇的人民代表大会"),
    Key("deputies.suspension_notified", "暂停和恢复执行职务通知谁", reason="代表法没有规定通知"),
    Key("deputies.leave_approver", "会议请假批准人", reason="代表法要求按规定请假，未定批准人"),
    Key("deputies.work_days", "每年执行职务时间", "日"),
    Key("deputies.group_activities", "代表小组每年活动次数", "次"),
    Key("deputies.reception_days", "每年参加选民接待日次数", "次"),
    Key("deputies.community_visits", "每年进社区联系群众次数", "次"),
    Key("deputies.record_check", "履职登记与代表核对"),
    Key("election.counting_rule", "“以前”的计算方法", reason="全国法律未规定如何计算，做法不一"),
    Key("election.credential", "领取选票的凭证", NONE, "id_or_card", _E, "ballot_credential"),
    Key("election.nomination_after_roll", "名单公布后才能提名"),
    Key("election.party_share_percent", "政党团体推荐占总名额比例上限", "%"),
    Key("election.declined_told", "不接受推荐的向选民通报"),
    Key("election.preliminary_turnout", "预选参加人数下限（选民的几分之一）"),
    Key("election.preliminary_notice", "预选前发布公告", reason="全国法律没有规定预选公告"),
    Key(
        "election.order_after_preliminary",
        "预选后名单排列",
        NONE,
        "votes",
        "direct_election_rules",
        "order_after_preliminary",
    ),
    Key("election.proxy_scope", "可受委托投票的人", NONE, "voter", _E, "proxy"),
    Key("election.proxy_form", "委托投票的形式", NONE, "written", _E, "proxy"),
    Key("election.proxy_reasons", "可以委托投票的原因", NONE, "away", _E, "proxy"),
    Key("election.proxy_consent", "谁同意委托投票", NONE, "committee", _E, "proxy"),
    Key("election.proxy_publication", "公示委托人和受委托人名单"),
    Key("election.ways_imprisoned", "被判处有期徒刑的选民的投票方式", reason=_WAYS),
    Key("election.ways_short_term", "被判处拘役的选民的投票方式", reason=_WAYS),
    Key("election.ways_control", "被判处管制的选民的投票方式", reason=_WAYS),
    Key("election.ways_held", "被羁押受审的选民的投票方式", reason=_WAYS),
    Key("election.ways_bail", "取保候审的选民的投票方式", reason=_WAYS),
    Key("election.ways_surveillance", "被监视居住的选民的投票方式", reason=_WAYS),
    Key("election.ways_custody", "受拘留处罚的选民的投票方式", reason=_WAYS),
    Key("election.mobile_box_monitors", "流动票箱监票人数", "人"),
    Key("election.mobile_box_register", "流动票箱登记造册"),
    Key("election.mobile_box_opened", "流动票箱在哪里开箱"),
    Key("election.barred_roles", "候选人近亲属不得担任的工作", NONE, "counting", _E, "relatives_barred"),
    Key("election.counting_own_district", "监票、计票的限制只写了本选区"),
    Key("election.unfilled", "另行选举后仍缺额的处理"),
    Key("election.tie_unfilled", "再次投票仍不能确定当选人的处理"),
    Key("election.voting_days_max", "投票最长天数", "日"),
    Key("election.late_registration_days", "选举日前补登最迟天数", "日"),
    Key("election.roll_correction_days", "选举日前名单补正最迟天数", "日"),
    Key("election.suspension_days", "停止行使选举权利的决定送达选举委员会", "日"),
    Key("election.mental_proof", "不能行使选举权利的医院证明或者监护人同意"),
    Key("election.intermittent", "间歇性精神病患者只在病发时不行使", reason="全国法律没有写明"),
    Key("election.prison_district", "服刑人员在执行地登记", reason="由选举委员会和执行机关共同决定"),
    Key(
        "election.outsider_papers",
        "外来人员登记的材料",
        NONE,
        "certificate",
        "direct_election_rules",
        "moved_voters",
    ),
    Key("election.outside_units", "上级单位职工参加乡镇选举", NONE, "may", "direct_election_rules", "outside_units"),
    Key("election.committee_min", "选举委员会人数下限", "人"),
    Key("election.committee_max", "选举委员会人数上限", "人"),
    Key("election.postponed_adds_eighteen", "选举日推迟补登新满十八岁者"),
    Key("election.archive", "选举结束后的归档"),
    Key("election.branch", "县级选举委员会在乡镇设分会"),
    Key("election.district_day_consent", "选区改变选举日须经选委会同意"),
    Key("election.must_meet_voters", "必须组织候选人与选民见面", reason="选民要求时应当组织见面"),
    Key("by_election.rules", "补选办法", reason="补选具体办法由省级人大常委会规定"),
    Key("by_election.led_by", "补选由谁主持", reason="补选具体办法由省级人大常委会规定"),
    Key("by_election.roll_days", "补选选民名单公布", "日", reason="补选具体办法由省级人大常委会规定"),
    Key("by_election.candidates_days", "补选候选人公布", "日", reason="补选具体办法由省级人大常委会规定"),
    Key("by_election.final_days", "补选正式候选人公布", "日", reason="补选具体办法由省级人大常委会规定"),
)

KEYS: dict[str, Key] = {key.key: key for key in _KEYS}
