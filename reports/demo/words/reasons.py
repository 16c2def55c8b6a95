"""Short reasons for what does not go straight: returned, extended, dissatisfied, declined, passed on."""

from reports.demo.places import WELFARE
from reports.demo.words.topic import Proposal, Topic

RETURN = "该事项主要涉及{other}职责，本单位没有相应权限和经费，建议改由{other}主办。"
EXTEND = "涉及项目审批和资金安排，方案需要进一步论证，申请延期答复。"
DISSATISFIED = "答复只说明了政策，没有明确完成时间，现场情况也没有变化，请重新研究。"
SECOND_TALK = "再次到现场与代表面商，逐项回应了代表提出的问题，明确了完成时间。"
SECOND_REPLY = "经重新研究，已明确由本单位负责实施，落实了资金和工期，主要问题已经解决，其余部分两个月内完成。"
ADVICE = "本单位将配合主办单位做好现场踏勘和资金衔接，相关意见已书面提供。"
SILENT = "答复后代表未在规定时间内反馈意见，经电话联系，代表表示没有补充，按程序办结。"
WITHDRAWN = "经与有关单位沟通，所提问题已在项目实施中解决，书面申请撤回。"
UPWARD = ("区人大常委会代表工作机构", "区人民政府有关部门", "区人大常委会，由区代表在区人代会提出")
PROPER = (
    "属于合同纠纷，告知可以向人民法院起诉或者申请人民调解",
    "涉及个人工伤待遇争议，告知可以申请劳动仲裁",
    "属于信访事项，告知向信访部门提出并提供了办理地点",
    "对行政处罚不服，告知可以申请行政复议或者提起行政诉讼",
)
DECLINED_WORDS = (
    "我家和邻居为宅基地边界吵了几年，希望人大出面判一判。",
    "在外地打工受伤，老板不认账，请代表帮我要钱。",
    "我的案子法院判了，我不服，想请人大改过来。",
    "前些日子被罚了款，我觉得罚得不对。",
)
DECLINED_NOTE = "所反映的属于代表本人或者亲属的个人事项，已当面说明并告知办理渠道"
DECLINED_TOPIC = Topic("其他", WELFARE, WELFARE, (), ())
DECLINED_PROPOSALS = (
    Proposal(
        "关于解决{v}一处承包地边界问题的建议",
        "本人家庭承包地与邻户边界多年不清，影响耕种。",
        "请有关部门到现场为本人家庭的承包地划定边界。",
        "",
        "",
    ),
    Proposal(
        "关于为{v}一名群众安排公益性岗位的建议",
        "本人一名亲属长期在家待业，家庭收入不高。",
        "请有关部门为该亲属安排公益性岗位。",
        "",
        "",
    ),
)
TOLD_HOW = ("当面", "电话", "上门", "电话")
LETTERS = "{unit}〔{year}〕{serial}号"
PERIOD_BASIS = "主席团2022年第一次会议确定"
