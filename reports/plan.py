"""The second half of the proposal: what the coming year is to bring."""

from reports.placeholders import token as f
from reports.story import Story, listed, say
from reports.words import party_congress


def general(story: Story) -> str:
    """The aim, under the chapter's heading."""
    kind, spirit = story.place.kind, party_congress(story.year + 1)
    learned = f"全面贯彻{spirit}精神，" if spirit else ""
    return (
        f"做好明年工作，责任重大、使命光荣。{kind}人大主席团工作的总体要求是：在{kind}党委的领导下，"
        f"坚持以习近平新时代中国特色社会主义思想为指导，{learned}深入贯彻中央人大工作会议精神，"
        "不忘初心、牢记使命，依法履职、担当作为，努力开创新时代人大工作新局面，"
        f"为{story.place.name}经济社会发展贡献力量。"
    )


def party(story: Story) -> str:
    """坚持党的领导."""
    kind = story.place.kind
    return (
        "坚定不移走中国特色社会主义政治发展道路，坚决维护党中央权威和集中统一领导，"
        f"把人大工作置于党的领导之下。严格执行请示报告制度，围绕{kind}党委中心工作谋划人大工作，"
        f"高质量完成{kind}党委交办的各项任务，使党的主张通过法定程序成为全{kind}人民的共同行动。"
    )


def deputies(story: Story) -> str:
    """强化代表地位."""
    parts = [
        (
            "用好联络平台。充分发挥代表联络站作用，定期安排代表接待选民，畅通民意反映渠道，"
            "推动代表工作规范化、制度化、常态化。"
        ),
        "加强学习培训。有计划地组织代表学习法律法规和履职知识，切实提高代表履职能力和水平。",
        "搞好履职服务。为代表知情知政创造条件，拓宽代表参与人大工作的渠道，组织代表视察和专题调研。",
        say(
            "提高办理质量。坚持交办、督办、评价全程跟踪，推动建议办理由“答复满意”向“结果满意”转变",
            (
                story.has("receptions.remaining"),
                f"，继续跟踪{story.year}年尚未办结的{f('receptions.remaining')}条选民意见，直至解决",
            ),
            "。",
        ),
        "强化代表管理。健全代表履职档案，组织代表向选民述职，营造尊重代表、支持代表依法履职的良好氛围。",
    ]
    return (
        "尊重代表主体地位，密切代表同人民群众的联系，丰富闭会期间代表活动的内容和形式，"
        f"更好发挥代表作用。\n{listed(parts)}"
    )


def itself(story: Story) -> str:
    """加强自身建设."""
    kind = story.place.kind
    parts = [
        "加强制度建设。完善主席团议事规则和工作制度，坚持民主集中制，及时把好经验、好做法上升为制度规范。",
        "加强理论武装。持之以恒抓好政治理论和法律知识学习，提高主席团成员的政治素质、理论水平和工作能力。",
        (
            "加强作风建设。牢固树立为群众、为选民、为代表服务的意识，深入村居听取意见，"
            "及时收转、督办代表和选民反映的问题，做到求真务实、高效廉洁。"
        ),
    ]
    return f"适应新时代新要求，把学习成果转化为提升{kind}人大工作水平的实际行动。\n{listed(parts)}"
