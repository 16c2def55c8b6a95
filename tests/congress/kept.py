"""Every kind of plain record: its sample, a value that is changed, its list, what points to it, and a row like its sample."""

# Kind → (its sample, a field of its form and another value, the list it stands in with the list's own arguments).
PAGES = {
    "congress.unit": ("unit", "duties", "管水库", "units"),
    "congress.category": ("category", "position", "7", "categories"),
    "deputies.term": ("term", "seats", "51", "deputies-terms"),
    "deputies.district": ("district", "seats", "3", "deputies-districts"),
    "deputies.group": ("group", "name", "东片小组", "deputies-groups"),
    "deputies.station": ("station", "reception_days", "每月五日", "deputies-stations"),
    "deputies.activity": ("activity", "people", "12", "deputies-activities"),
    "assembly.session": ("session", "present", "47", "assembly-sessions"),
    "assembly.officer": ("officer", "ended_on", "2023-01-05", "assembly-officers"),
    "assembly.credentials_member": ("credentials_member", "left_on", "2023-01-05", "assembly-credentials"),
    "assembly.meeting": ("meeting", "present", "7", "assembly-meetings"),
    "reports.template": ("template", "name", "另一种结构", "reports-templates"),
    "reports.guiding": ("guiding", "basis", "市委全会", "reports-guidings"),
    "reports.plan_item": ("plan_item", "basis", "党委会议", "reports-plan"),
    "elections": ("election", "meetings", "4", "elections-list"),
    "elections.turnout": ("turnout", "recovered", "899", "elections-turnouts"),
    "elections.campaign": ("campaign", "last_day", "2021-10-21", "elections-campaigns"),
    "elections.committee": ("committee", "appointed_on", "2026-09-02", "elections-campaigns"),
    "elections.member": ("committee_member", "appointed_on", "2026-09-02", "elections-member-list"),
    "elections.decision": ("committee_decision", "decided_on", "2026-09-02", "elections-decision-list"),
    "elections.team": ("work_team", "duties", "联系东片", "elections-team-list"),
    "elections.task": ("campaign_task", "done_on", "2026-11-28", "elections-task-list"),
    "elections.submission": ("submission", "replied_on", "2026-09-02", "elections-submission-list"),
    "elections.coverage": ("coverage", "number", "120", "elections-coverage-list"),
    "elections.inspection": ("inspection", "mend_by", "2026-09-06", "elections-inspection-list"),
    "elections.progress": ("progress", "handled", "已处置", "elections-progress-list"),
    "elections.group": ("voter_group", "leader", "程组长", "elections-group-list"),
    "elections.district_day": ("district_day", "reason", "山洪", "elections-district-day-list"),
    "elections.mobile_box": ("mobile_box", "route", "东山六组", "elections-mobile-box-list"),
    "elections.mobile_voter": ("mobile_voter", "said", "看护家人", "elections-mobile-voter-list"),
    "elections.ballot_box": ("ballot_box", "carriers", "程丙、程丁", "elections-ballot-box-list"),
    "elections.room": ("room_check", "note", "补一支笔", "elections-room-list"),
    "elections.handed": ("handed_form", "note", "另送两份", "elections-handed-list"),
    "elections.staff": ("poll_staff", "employer_post", "东山小学", "elections-staff-list"),
    "elections.consultation": ("consultation", "held_on", "2026-12-08", "elections-consultation-list"),
    "elections.preliminary": ("preliminary", "held_on", "2026-12-11", "elections-preliminary-list"),
    "elections.meeting": ("candidate_meeting", "attended", "90", "elections-meeting-list"),
    "elections.voting_rules": ("voting_rules", "fixed_on", "2026-12-01", "elections-campaigns"),
    "elections.recall": ("recall", "reason", "另有理由", "elections-recalls"),
    "elections.breach": ("breach", "subject", "于二", "elections-breach-list"),
    "elections.annulment": ("annulment", "review", "年龄不到", "elections-annulment-list"),
    "elections.ledger": ("ledger_line", "left_over", "295", "elections-ledger-list"),
    "elections.archive": ("archive_item", "amount", "938", "elections-archive-list"),
    "elections.place": ("polling_place", "spot", "东山小学", "elections-place-list"),
    "elections.vacancy": ("vacancy", "reason", "辞职", "elections-vacancy-list"),
    "elections.nominee": ("nominee", "native_place", "浙江清江", "elections-nominee-list"),
    "elections.body": ("body", "name", "云溪镇妇联", "elections-body-list"),
    "elections.vetting_unit": ("vetting_unit", "days", "5", "elections-vetting-unit-list"),
    "elections.nomination": ("joint_nomination", "reason", "办事公道", "elections-nominations"),
    "elections.signer": ("signer", "struck", "本人没有签名", "elections-nomination"),
    "elections.vetting": ("vetting", "due_on", "2026-12-05", "elections-vettings"),
    "elections.origin": ("district_origin", "reason", "并村设选区", "elections-origin-list"),
    "elections.proxy_note": ("proxy_note", "noted_on", "2026-12-02", "elections-proxy-note-list"),
    "elections.detained": ("detained", "agreed_on", "2026-12-03", "elections-detained-list"),
    "elections.pool": ("pool_entry", "owner", "程新", "elections-pool"),
}
# Kinds that are changed and never withdrawn.
PLACES = {"congress.township", "congress.county", "congress.holiday"}
# The record on whose page a kind's list stands.
LISTED_OF = {
    "deputies.district": "term_id",
    "elections.turnout": "election_id",
    "elections.member": "committee_id",
    "elections.decision": "committee_id",
    "elections.team": "campaign_id",
    "elections.task": "campaign_id",
    "elections.submission": "campaign_id",
    "elections.coverage": "campaign_id",
    "elections.inspection": "campaign_id",
    "elections.progress": "campaign_id",
    "elections.group": "district.term.elections.latest.pk",
    "elections.district_day": "election_id",
    "elections.mobile_box": "campaign_id",
    "elections.mobile_voter": "box.campaign_id",
    "elections.ballot_box": "campaign_id",
    "elections.room": "place.campaign_id",
    "elections.handed": "campaign_id",
    "elections.staff": "campaign_id",
    "elections.place": "campaign_id",
    "elections.ledger": "round_id",
    "elections.breach": "campaign_id",
    "elections.annulment": "election_id",
    "elections.archive": "election_id",
    "elections.consultation": "election_id",
    "elections.preliminary": "election_id",
    "elections.meeting": "election_id",
    "elections.vacancy": "election_id",
    "elections.origin": "election_id",
    "elections.nominee": "election_id",
    "elections.body": "campaign_id",
    "elections.vetting_unit": "campaign_id",
    "elections.signer": "nomination_id",
    "elections.vetting": "nominee.election_id",
    "elections.proxy_note": "election_id",
    "elections.detained": "election_id",
}
# Samples to which other rows point, and what the refusal names.
NEEDED = {
    "congress.unit": "承办单位",
    "congress.category": "事项",
    "deputies.term": "选区1条（第1选区",
    "deputies.station": "接待选民1条",
    "assembly.session": "选举产生的人员1条（政府正职）",
    "elections": "选区投票情况1条（第1选区）",
    "elections.campaign": "选举1条",
    "elections.nominee": "推荐表2条",
    "elections.body": "推荐者1条",
    "elections.vetting_unit": "联审意见1条",
    "elections.committee": "选举委员会成员1条（主任）",
}
# What there is one row of: its copy is of another one.
ONE_OF = {
    "election": "term",
    "committee": "election",
    "vacancy": "district",
    "consultation": "group",
    "preliminaryvote": "district",
    "votingrules": "election",
    "districtday": "district",
    "districtorigin": "district",
    "vetting": "unit",
    "nominationsigner": "nomination",
    "proxynote": "district",
    "detainedvoting": "registration",
    "mobilevoter": "registration",
    "roomcheck": "place",
    "ledgerline": "place",
    "annulment": "mandate",
    "mandate": "term",
    "registration": "voter",
}


def listed_of(row, path: str):
    """The key at the end of a path of attributes; a manager gives its newest row."""
    for name in path.split("."):
        row = getattr(row, name)
        row = row("created_at") if callable(row) and name == "latest" else row
    return row


def alone(row):
    """Another row like this one, to which nothing points."""
    values = {column.attname: getattr(row, column.attname) for column in row._meta.concrete_fields}
    for name in ("number", "name", "label", "line", "words"):
        if name in values:
            values[name] = values[name] + ("甲" if isinstance(values[name], str) else 8)
    if other := ONE_OF.get(row._meta.model_name):
        values[f"{other}_id"] = alone(getattr(row, other)).pk
    return type(row).objects.create(**{name: value for name, value in values.items() if name != "id"})
