"""The results as a table for people."""

import unicodedata
from collections.abc import Sequence


def width(text: str) -> int:
    """Columns a terminal needs: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Aligned columns: the first to the left, numbers to the right."""
    lines = [list(head), *([str(cell) for cell in row] for row in rows)]
    widths = [max(width(line[place]) for line in lines) for place in range(len(head))]

    def spread(line: list[str]) -> str:
        cells = [
            cell + " " * (widths[0] - width(cell)) if not place else _right(cell, widths[place])
            for place, cell in enumerate(line)
        ]
        return "  ".join(cells).rstrip()

    return "\n".join([spread(lines[0]), "  ".join("-" * one for one in widths), *map(spread, lines[1:])])


def _right(cell: str, wide: int) -> str:
    return " " * (wide - width(cell)) + cell


def as_text(results: dict) -> str:
    """Everything measured, in Chinese."""
    facts, seed = results["machine"], results["seed"]
    versions = next((found["versions"] for found in results["parts"].values() if "versions" in found), {})
    software = "，".join([f"Python {facts['python']}", *(f"{name} {version}" for name, version in versions.items())])
    computer = f"{facts['processor']}，{facts['processors']}核，内存{facts['memory_mib']} MiB"
    parts = [
        f"{computer}；{software}；开始时负载{facts['load'][0]}；版本 {facts['commit']}",
        f"演示数据（{seed['size']}）装入 {seed['seconds']} 秒；全部用时 {results['seconds']} 秒",
    ]
    for name, found in results["parts"].items():
        failed = found.get("error", found.get("stopped"))
        parts.append(_SHOWN[name](found) if failed is None else f"{name}：未能测量\n{failed}")
    return "\n\n".join(parts)


def _pages(found: dict) -> str:
    head = ["页面", "p50 毫秒", "p95 毫秒", "空页 p50", "倍数 p50", "倍数 p95", "查询", "数据库毫秒", "KB", "次数"]
    keys = "name p50_ms p95_ms bare_p50_ms ratio_p50 ratio_p95 queries database_ms kilobytes times".split()
    records = found["records"]
    return f"页面（{records['township']}，建议{records['suggestions']}件）\n" + table(
        head, [[row[key] for key in keys] for row in found["pages"]]
    )


def _sweep(found: dict) -> str:
    rows = [
        ["第一次（全部要提醒）", found["first_s"], found["ratio_first"], found["queries_first"]],
        ["第二次（没有新的）", found["again_s"], found["ratio_again"], found["queries_again"]],
        ["期限一览", found["board_s"], "", ""],
        ["COPY 写入同样的行", found["copy_s"], 1, ""],
        [
            f"未了{found['many_open']}件，其中{found['many_reached']}件今天要提醒",
            found["many_s"],
            found["ratio_many"],
            "",
        ],
        ["再一次（没有新的）", found["many_again_s"], "", ""],
        [f"COPY 写入同样的行（消息{found['many_sent']}条）", found["many_copy_s"], 1, ""],
    ]
    title = f"期限提醒（{found['subjects']}件，消息{found['messages']}条，外发{found['deliveries']}条）\n"
    return title + table(["步骤", "秒", "倍数", "查询"], rows)


def _pdf(found: dict) -> str:
    same = "一致" if found["same_bytes"] else "不一致"
    rows = [["本系统", found["product_s"], found["ratio"]], ["仅排版引擎，同样的 HTML", found["engine_s"], 1]]
    title = f"年度报告 PDF（{found['pages']}页，{found['kilobytes']} KB；存档、重做、另一进程的指纹{same}）\n"
    return title + table(["步骤", "秒", "倍数"], rows)


def _imports(found: dict) -> str:
    rows = [
        ["上传", *_of_step(found, "upload_"), "", ""],
        ["识别", *_of_step(found, "preview_"), found["preview_rows_a_second"], ""],
        ["写入", *_of_step(found, "take_"), found["take_rows_a_second"], found["ratio_take"]],
        ["合计", *_of_step(found, "total_"), found["rows_a_second"], found["ratio_total"]],
        ["COPY 写入花名册一张表", found["copy_s"], "", "", round(found["rows"] / found["copy_s"]), 1],
        [
            "COPY 写入代表、资格、明细三张表",
            found["copy_all_s"],
            "",
            "",
            round(found["rows"] / found["copy_all_s"]),
            "",
        ],
    ]
    title = (
        f"导入（{found['rows']}行，文件{found['file_kilobytes']} KB；"
        f"内存最高 {found['memory_peak_mib']} MiB，开始前 {found['memory_before_mib']} MiB）\n"
    )
    return title + table(["步骤", "秒", "其中程序自己", "数据库和解析", "行/秒", "倍数"], rows)


def _of_step(found: dict, step: str) -> list:
    return [found[f"{step}{what}"] for what in ("s", "own_s", "beside_s")]


SIZE_WORDS = {"demo": "演示", "tenth": "十分之一", "whole": "全部"}


def _scale(found: dict) -> str:
    parts, first = [], {}
    head = ["页面", "p50 毫秒", "p95 毫秒", "空页 p50", "空页 p95", "目标 p95", "达到", "比演示 p50", "查询", "KB"]
    keys = "name p50_ms p95_ms bare_p50_ms bare_p95_ms goal_ms".split()
    for size in found["sizes"]:
        rows = []
        for row in size["pages"]:
            first.setdefault(row["name"], row["p50_ms"])
            reached = "是" if row["p95_ms"] <= row["goal_ms"] else "否"
            grown = round(row["p50_ms"] / first[row["name"]], 1)
            rows.append([*(row[key] for key in keys), reached, grown, row["statements"], row["kilobytes"]])
        title = f"规模：{SIZE_WORDS[size['size']]}（机器负载{size['load']}）"
        if "fill_s" in size:
            title += (
                f"，20个乡镇，建议{size['suggestions']}件、事项{size['matters']}件，装入{size['fill_s']}秒，"
                f"县级汇总{size['figures_s']}秒，抽查与事实不符的汇总{size['differing']}行"
            )
        screens = size["screens"]
        wall = (
            f"{screens['number']}块大屏各每分钟刷新一次（{screens['kilobytes']} KB）：p50 {screens['p50_ms']}、"
            f"p95 {screens['p95_ms']} 毫秒，网页进程每次用处理器{screens['web_ms']}毫秒"
        )
        parts.append(f"{title}\n{table(head, rows)}\n{wall}")
    rows = [
        [words, found[key]["browsers"], found[key]["actions"], found[key]["a_second"]]
        for key, words in (("one_chain", "一个乡镇的链"), ("many_chains", "二十个乡镇同时"))
    ]
    parts.append("每秒的动作（登记一个承办单位，两个网页进程）\n" + table(["", "同时", "次数", "每秒"], rows))
    return "\n\n".join(parts)


def _rolls(found: dict) -> str:
    return "\n\n".join(f"{_roll_path(size, found)}\n\n{_roll_uses(size)}" for size in found["sizes"])


def _roll_path(size: dict, found: dict) -> str:
    rows = [
        ["上传（读表格）", size["upload_s"], "", ""],
        ["识别、比对、封存预览", size["preview_s"], "", ""],
        ["写入", size["take_s"], "", ""],
        [
            f"合计（其中程序自己{size['own_s']}秒，数据库和解析{size['beside_s']}秒）",
            size["total_s"],
            size["rows_a_second"],
            size["ratio_total"],
        ],
        ["其中写入备好的行", size["prepared_s"], size["prepared_rows_a_second"], size["ratio_prepared"]],
        ["COPY 写入同样的行", size["copy_s"], size["copy_rows_a_second"], 1],
        ["两个乡镇同时，两个后台进程", size["both_s"], size["both_rows_a_second"], ""],
    ]
    title = (
        f"选民册：{SIZE_WORDS[size['size']]}，{size['townships']}个乡镇各{size['voters']}人，文件{size['file_kilobytes']} KB；"
        f"内存最高 {size['memory_peak_mib']} MiB（开始前 {found['memory_before_mib']}），"
        f"后台进程 {size['both_memory_mib']} MiB；其余乡镇装入 {size['fill_s']} 秒，装满以后导入一册 {size['full_s']} 秒\n"
    )
    return title + table(["步骤（每册）", "秒", "行/秒", "倍数"], rows)


def _roll_uses(size: dict) -> str:
    head = ["页面", "p50 毫秒", "p95 毫秒", "空页 p50", "倍数 p50", "目标 p95", "查询", "数据库毫秒"]
    keys = "name p50_ms p95_ms bare_p50_ms ratio_p50 goal_ms queries database_ms".split()
    pages = table(head, [[row[key] for key in keys] for row in size["pages"]])
    rows = [
        [f"全册在县内查重（查到{size['duplicates']}处）", size["duplicates_s"], ""],
        ["一个号码在县内查重", round(size["one_number_ms"] / 1000, 3), ""],
        ["名单定稿（提出和确认）", size["freeze_s"], ""],
        [f"张贴的名单（{size['posters_kilobytes']} KB）", size["posters_s"], size["posters_memory_mib"]],
        [f"结转上次选民册（{size['carried']}人）", size["carry_s"], size["carry_memory_mib"]],
    ]
    return f"{pages}\n\n{_county_pages(size)}\n\n{table(['用选民册', '秒', '内存 MiB'], rows)}"


def _county_pages(size: dict) -> str:
    keys = "name p50_ms p95_ms bare_p95_ms goal_ms statements kilobytes".split()
    rows = [[row[key] for key in keys] for row in size["county_pages"]]
    title = f"县级页面，经 HTTP（后台数选民 {size['counted_s']} 秒，汇总各年 {size['told_s']} 秒）\n"
    return title + table(["页面", "p50 毫秒", "p95 毫秒", "空页 p95", "目标 p95", "查询", "KB"], rows)


def _proof(found: dict) -> str:
    rows = [
        ["写出验证包", found["made_s"]],
        ["verify_result.py 重算", found["verified_s"]],
        ["同样，SM3 由程序自己算", found["verified_own_sm3_s"]],
    ]
    title = (
        f"计票验证包（{found['bundles']}个乡镇，{found['districts']}个选区，选民{found['voters']}人，共{found['size_mib']} MiB；"
        f"内存最高 {found['memory_mib']} MiB；{found['said']}）\n"
    )
    return title + table(["步骤", "秒"], rows)


def _desk(found: dict) -> str:
    rows = [
        [word, found[f"{key}_p50_ms"], found[f"{key}_p95_ms"], found["goal_ms"]]
        for key, word in (("look", "查找选民"), ("issue", "发票"), ("bare", "空页面"))
    ]
    sound = found["rows"] == found["voters"] == found["in_hours"] == found["issued"]
    title = (
        f"发票（{found['seconds']}秒，{found['places']}处{found['tables']}张桌子，机器负载{found['load']}）：{found['issued']}张，"
        f"每秒{found['a_second']}张（目标{found['goal']}）；同时在两处发的拒绝{found['refused']}次，出错{len(found['wrong'])}次，"
        f"{'一人一票、各小时合计相符' if sound else '重复或者合计不符'}，操作记录多{found['events']}条，关闭最慢{found['closing_s']}秒；"
        f"{_spent(found)}\n"
    )
    return title + table(["页面", "p50 毫秒", "p95 毫秒", "目标 p95"], rows)


def _spent(found: dict) -> str:
    return (
        f"每张用处理器：网页{found['web_ms']}毫秒、数据库{found['database_ms']}毫秒、量的程序{found['client_ms']}毫秒，"
        f"全部处理器最多每秒{found['most_a_second']}张"
    )


def _counting(found: dict) -> str:
    rows = [
        [word, found[f"{key}_p50_ms"], found[f"{key}_p95_ms"], found["goal_ms"]]
        for key, word in (("open", "打开表单"), ("form", "提交录入"), ("bare", "空页面"))
    ]
    sound = found["forms"] == found["events"] and not found["double"] and found["units"] == found["settled"]
    title = (
        f"计票录入（{found['people']}人，每人{found['pace']}秒一张表单，{found['seconds']:.0f}秒，机器负载{found['load']}）：办成"
        f"{found['answered']}张，出错{len(found['wrong'])}次；{_spent(found)}。不等待时一条链每秒"
        f"{found['a_second']}个动作。{'每张一条操作记录，没有重复，' if sound else '重复或者记录不符，'}"
        f"两人录完的{found['units']}个单元{found['settled']}个一致\n"
    )
    return title + table(["页面", "p50 毫秒", "p95 毫秒", "目标 p95"], rows)


_SHOWN = {
    "counting": _counting,
    "desk": _desk,
    "proof": _proof,
    "rolls": _rolls,
    "scale": _scale,
    "pages": _pages,
    "sweep": _sweep,
    "pdf": _pdf,
    "imports": _imports,
}
