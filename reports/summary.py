"""The first half of the proposal: what was done in the year. A sentence without records behind it is left out."""

from reports.placeholders import token as f
from reports.story import Story, listed, say
from reports.words import party_congress


def opening(story: Story) -> str:
    """The first paragraph, before any heading."""
    place, spirit = story.place, party_congress(story.year)
    learned = f"认真学习贯彻{spirit}和中央人大工作会议精神，" if spirit else "认真学习贯彻党中央决策部署，"
    return say(
        f"{story.year}年，{place.kind}人大在{place.county_kind}人大常委会的指导和{place.kind}党委的领导下，"
        f"以习近平新时代中国特色社会主义思想为指导，{learned}坚持党的领导、人民当家作主、依法治国有机统一，"
        f"紧扣{place.county_kind}、{place.kind}工作大局，认真履行宪法和法律赋予的职责。",
        (story.has("sessions.count"), f"全年召开人民代表大会会议{f('sessions.count')}次，"),
        (story.has("sessions.attendance"), f"代表出席率{f('sessions.attendance')}，"),
        (story.has("presidium.count"), f"召开主席团会议{f('presidium.count')}次，"),
        (story.has("deputies.in_office"), f"{f('deputies.in_office')}名{place.kind}人大代表依法履职，"),
        f"积极发挥地方国家权力机关的作用，为推动全{place.kind}经济发展、社会稳定，建设{place.goal}作出了应有贡献。",
    )


def centre(story: Story) -> str:
    """Under 围绕中心."""
    kind = story.place.kind
    return (
        f"{kind}人大主席团在{kind}党委的领导和支持下，紧紧围绕全{kind}工作总体部署，不断增强大局意识，"
        "做到党委有部署、人大有行动，积极担当、主动作为。"
    )


def party(story: Story) -> str:
    """坚持党的领导."""
    kind = story.place.kind
    return say(
        "主席团把坚持党的领导落实到依法履职的全过程和各环节，严守政治纪律和政治规矩，"
        f"自觉与{kind}党委思想上同心、目标上同向、行动上同步。重要会议、重要事项、重要活动事前请示、事后报告，",
        (story.has("party_reports.count"), f"全年向{kind}党委请示报告{f('party_reports.count')}次，"),
        "依照法定程序使党的主张成为全体人民的共同意志和自觉行动。",
    )


def town_tasks(story: Story) -> str:
    """做好中心工作."""
    kind = story.place.kind
    return say(
        f"主席团成员和人大代表立足岗位、靠前服务，积极参与全{kind}中心工作。",
        (
            story.has("town_tasks.count"),
            f"全年参与中心工作{f('town_tasks.count')}项，主要有{f('town_tasks.titles')}。",
        ),
        "坚持深入挂点联系的村组，同干部群众一起想办法、解难题，做好政策宣传、矛盾化解和民生服务，"
        "协助各村完成工作任务，维护社会和谐稳定。",
    )


def election(story: Story) -> str:
    """抓好换届选举; empty when the records tell of none."""
    if not (story.has("elections.registered") or story.has("deputies.township_elected")):
        return ""
    place, when = story.place, story.when("elections.registered", "deputies.township_elected")
    return say(
        f"{when}是{place.county_kind}{place.kind}两级人大换届之年，换届选举是全{place.kind}人民政治生活中的一件大事。"
        "主席团按照上级统一部署，坚持“一个根本”，确保“两个到位”，建立“三个机制”，把住“四个关口”，"
        "周密组织，依法办事。一是加强领导，始终坚持党的领导这一根本，依法成立选举工作机构，制定工作意见，严明换届纪律。"
        "二是广泛发动，宣传选举法律法规、政策原则和纪律要求，以会代训抓好业务培训，",
        (story.has("elections.meetings"), f"召开专题会议和举办培训{f('elections.meetings')}场，"),
        "做到宣传发动到位、业务培训到位。三是规范程序，建立责任、督导、报告等制度",
        (story.has("elections.rules"), f"{f('elections.rules')}项"),
        "，把好选举组成人员关、选民登记关、代表候选人确定关和投票选举关。",
        (
            story.has("elections.districts", "elections.registered", "elections.took_part"),
            (
                f"全{place.kind}划分选区{f('elections.districts')}个，登记选民{f('elections.registered')}人，"
                f"参加投票{f('elections.took_part')}人，参选率{f('elections.turnout')}。"
            ),
        ),
        _elected(story),
        _officers(story),
    )


def _elected(story: Story) -> str:
    place = story.place
    parts = say(
        (
            story.has("deputies.county_elected"),
            f"、新一届{place.county_kind}人大代表{f('deputies.county_elected')}名",
        ),
        (story.has("deputies.township_elected"), f"、新一届{place.kind}人大代表{f('deputies.township_elected')}名"),
    )
    return f"全{place.kind}共选举产生{parts.removeprefix('、')}。" if parts else ""


def _officers(story: Story) -> str:
    held, elected = story.has("sessions.first"), story.has("officers.count")
    if not (held or elected):
        return ""
    return say(
        (held, f"随后成功召开{f('sessions.first')}"),
        (held and elected, "，"),
        (
            elected,
            f"依法选举产生新一届人大和政府领导人员{f('officers.count')}名，分别是{f('officers.names')}",
        ),
        "。",
    )


def deputies(story: Story) -> str:
    """Under 创新机制."""
    lead = (
        "代表是人大工作的主体。主席团着眼密切代表同人民群众的联系，搭平台、建机制、优服务，"
        "支持和保障代表依法履职，推动代表作用更好发挥。"
    )
    parts = [_research(story), _stations(story), _duty_reports(story), _trainings(story), _suggestions(story)]
    return f"{lead}\n{listed(parts)}"


def _research(story: Story) -> str:
    inspected, inquired = story.has("inspections.count"), story.has("inquiries.count")
    if not (inspected or inquired):
        return ""
    return say(
        "加强调查研究。",
        (
            inspected,
            (
                f"组织代表视察{f('inspections.count')}次，参加{f('inspections.people')}人次，"
                f"实地察看{f('inspections.titles')}等情况；"
            ),
        ),
        (inquired, f"围绕{f('inquiries.titles')}开展专题调研{f('inquiries.count')}次；"),
        "广泛听取各方面意见，为政府科学决策提供依据。",
    )


def _stations(story: Story) -> str:
    if not story.has("stations.count"):
        return ""
    return say(
        "建好联络平台。",
        (story.has("stations.requirements"), f"按照{f('stations.requirements')}的要求，"),
        f"建成代表联络站（点）{f('stations.count')}个",
        (story.all_of("stations.complete", "stations.count"), "，各项要求全部达到"),
        "，代表工作更加规范化、制度化、常态化。",
        _officers_received(story),
        _received(story),
    )


def _officers_received(story: Story) -> str:
    if not story.has("officers_received.people"):
        return ""
    many = len(story.figures["officers_received.count"].rows) > 1
    return say(
        "今年上半年，" if story.in_first_half("officers_received.count") else "今年，",
        f"{f('officers_received.names')}以普通代表身份到联络站接待选民，倾听群众心声。",
        (
            story.has("officers_received.matters"),
            (
                f"代表和选民围绕{f('officers_received.categories')}等方面坦诚交流，"
                "能够解决的问题当场答复，暂时不能解决的会同有关部门跟进。"
            ),
        ),
        ("上述接待共" if many else "此次接待") + f"选民{f('officers_received.people')}人次，",
        f"收集意见建议{f('officers_received.matters')}条",
        (story.has("officers_received.matters"), f"，目前已解决{f('officers_received.resolved')}条"),
        (
            story.has("officers_received.remaining"),
            f"，其余{f('officers_received.remaining')}条已交有关部门正在解决之中",
        ),
        "。",
    )


def _received(story: Story) -> str:
    if not story.has("receptions.people"):
        return ""
    return say(
        f"全年开展接待选民活动{f('receptions.count')}次，{f('receptions.deputies')}名代表参加接待，"
        f"接待选民{f('receptions.people')}人次，收集意见建议{f('receptions.matters')}条",
        (story.has("receptions.on_the_spot"), f"，其中当场答复{f('receptions.on_the_spot')}条"),
        (story.has("receptions.declined"), f"，不属于受理范围、告知其他渠道{f('receptions.declined')}条"),
        (
            story.has("receptions.matters"),
            f"，已解决{f('receptions.resolved')}条，办结率{f('receptions.resolved_rate')}",
        ),
        (story.has("receptions.remaining"), f"，其余{f('receptions.remaining')}条正在办理"),
        (story.has("receptions.carried"), f"；上年收集的事项在今年办结{f('receptions.carried')}条"),
        "。",
    )


def _duty_reports(story: Story) -> str:
    if not story.has("duty_reports.deputies"):
        return ""
    return (
        f"开展代表述职评议。举行述职评议{f('duty_reports.count')}场，{f('duty_reports.deputies')}名代表向选民报告履职情况、"
        "接受评议，增强了“人民选我当代表、我当代表为人民”的责任意识。"
    )


def _trainings(story: Story) -> str:
    if not story.has("trainings.count"):
        return ""
    return say(
        f"加强代表培训。举办代表学习培训{f('trainings.count')}期，培训{f('trainings.people')}人次，",
        (
            story.has("group_activities.count"),
            f"组织代表小组活动{f('group_activities.count')}次、{f('group_activities.people')}人次，",
        ),
        "代表的参政意识和议政能力不断提高。",
    )


def _suggestions(story: Story) -> str:
    if not story.has("suggestions.submitted") and not story.has("suggestions.handled"):
        return ""
    kind, answered = story.place.kind, story.whole("suggestions.reply_rate")
    in_time = answered and story.whole("suggestions.on_time_rate")
    return say(
        f"督办代表建议。全年代表提出建议、批评和意见{f('suggestions.submitted')}件，",
        (story.has("suggestions.assigned"), f"交办{f('suggestions.assigned')}件，"),
        (
            story.has("suggestions.carried"),
            f"连同上年结转的{f('suggestions.carried')}件，应答复{f('suggestions.handled')}件，",
        ),
        (story.has("suggestions.replied"), f"已答复{f('suggestions.replied')}件，"),
        (story.has("suggestions.replied"), f"答复率{f('suggestions.reply_rate')}，"),
        (in_time, "全部在规定期限内答复，"),
        (
            story.has("suggestions.rated"),
            (f"代表已评价的{f('suggestions.rated')}件中，满意和基本满意的占{f('suggestions.final_fair_rate')}，"),
        ),
        "主席团跟踪监督到位：" if in_time else "主席团加强跟踪督办：",
        f"本{kind}能够办理的，督促承办单位按期办理",
        (
            story.has("suggestions.upward"),
            f"；本{kind}力所不及的{f('suggestions.upward')}件，积极争取上级支持、逐步落实",
        ),
        (in_time, "，做到件件有答复"),
        "。",
    )


def studies(story: Story) -> str:
    """坚持理论学习."""
    spirit = party_congress(story.year)
    about = f"{spirit}和中央人大工作会议精神" if spirit else "党的路线方针政策"
    return say(
        "主席团坚持把学理论、学法律作为永恒课题，深入学习习近平新时代中国特色社会主义思想，"
        f"全面准确领会{about}，学好用好人民代表大会制度理论和宪法、组织法、代表法等法律，",
        (story.has("studies.count"), f"全年开展集中学习{f('studies.count')}次，"),
        "坚持学用结合、知行合一，不断增强政治定力，使人大工作始终聚焦中心、体现活力。",
    )


def visits(story: Story) -> str:
    """强化自身建设."""
    return say(
        "主席团持续改进作风，大兴调查研究之风，健全议事规则和工作制度，",
        (story.has("presidium.attendance"), f"主席团会议出席率{f('presidium.attendance')}。"),
        (not story.has("presidium.attendance"), "坚持集体议事、集体决定。"),
        (
            story.has("visits.count"),
            f"扎实开展“走农户、访民情、办实事”活动，走访{f('visits.count')}次，走访农户{f('visits.households')}户，",
        ),
        (story.has("visits.count", "visits.deeds"), f"为群众办实事{f('visits.deeds')}件，"),
        (story.has("visits.count"), "面对面了解社情民意，帮助群众解决实际问题。"),
    )


def shortfalls(story: Story) -> str:
    """What fell short; paragraph without a heading."""
    return say(
        "回顾一年来的工作，在总结成绩的同时，我们也清醒地认识到，人大工作与新时代发展要求、与人民群众期待相比还有差距，"
        "主要是：监督工作仍有薄弱环节，法律监督和工作监督的力度有待加强；",
        (
            story.has("suggestions.late"),
            f"建议办理质量和效率有待提高，有{f('suggestions.late')}件建议没有在期限内答复；",
        ),
        (story.has("suggestions.unanswered"), f"尚有{f('suggestions.unanswered')}件建议没有答复；"),
        (
            story.has("stations.count", "stations.requirements")
            and not story.all_of("stations.complete", "stations.count"),
            "代表联络站建设还不平衡，有的没有全部达到建设要求；",
        ),
        (story.has("receptions.remaining"), f"选民反映的事项尚有{f('receptions.remaining')}条没有办结；"),
        "代表履职能力和素质有待进一步提升，主席团自身建设有待进一步加强。"
        "对这些问题，我们将认真研究，在今后的工作中采取有效措施加以解决。",
    )
