"""The service file for systemd, so that the product starts with the machine."""

import os
import pwd

from script.lib.handover import FIRST_OPEN_PORT
from script.lib.options import Options, arguments
from script.lib.paths import ROOT


def unit(options: Options) -> str:
    """A systemd unit that runs script/server with these options as the present user."""
    user = pwd.getpwuid(os.geteuid()).pw_name
    is_root = os.geteuid() == 0
    command = " ".join(_quoted(part) for part in [str(ROOT / "script/server"), *arguments(options)])
    return "\n".join(
        [
            "# 用法：script/server … --unit | sudo tee /etc/systemd/system/congress.service",
            "#       sudo systemctl daemon-reload && sudo systemctl enable --now congress",
            "# 先用同样的参数手工启动一次，把所需的部件装好。",
            "[Unit]",
            "Description=乡镇人大工作平台",
            "Wants=network-online.target",
            "After=network-online.target",
            "StartLimitIntervalSec=10min",
            "StartLimitBurst=5",
            "",
            "[Service]",
            "Type=exec",
            f"User={user}",
            f"WorkingDirectory={str(ROOT).replace('%', '%%')}",
            f"ExecStart={command}",
            "Restart=on-failure",
            "RestartSec=5",
            "KillMode=mixed",
            "TimeoutStopSec=90",
            *_hardening(options, is_root),
            "",
            "[Install]",
            "WantedBy=multi-user.target",
            "",
        ]
    )


def _hardening(options: Options, is_root: bool) -> list[str]:
    """What the service may not do. Root's makes its accounts once and hands everything on to them."""
    lines = [
        "NoNewPrivileges=yes",
        "PrivateTmp=yes",
        "PrivateDevices=yes",
        "ProtectKernelTunables=yes",
        "ProtectKernelModules=yes",
        "ProtectKernelLogs=yes",
        "ProtectControlGroups=yes",
        "ProtectClock=yes",
        "RestrictSUIDSGID=yes",
        "LockPersonality=yes",
        "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK",
    ]
    if is_root:
        return ["ProtectSystem=yes", *lines]
    capability = "CAP_NET_BIND_SERVICE" if options.port < FIRST_OPEN_PORT else ""
    return [
        "ProtectSystem=strict",
        "ProtectHome=read-only",
        *(f"ReadWritePaths={_path(str(path))}" for path in dict.fromkeys([ROOT, options.data])),
        f"CapabilityBoundingSet={capability}",
        f"AmbientCapabilities={capability}",
        *lines,
    ]


def _path(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{plain}"' if " " in plain else plain


def _quoted(text: str) -> str:
    """A word of a command line as systemd reads it: specifiers, variables, spaces and quotes are nothing special."""
    plain = text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{plain}"' if any(sign in plain for sign in " \t'\"\\;") else plain
