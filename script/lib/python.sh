# Finds a Python of version 3.11 or newer; sourced by the commands in script/. Root prefers one that other users can run
# and that can make an environment: the product then runs as a user of its own.
_FIT='import sys; sys.exit(sys.version_info < (3, 11))'
_FIT_FOR_ALL='import ensurepip, os, pathlib, sys
folders = pathlib.Path(os.path.realpath(sys.executable)).parents
sys.exit(sys.version_info < (3, 11) or not all(folder.stat().st_mode & 1 for folder in folders))'

find_python() {
  local candidate wanted
  for wanted in "$_FIT_FOR_ALL" "$_FIT"; do
    if [ "$wanted" = "$_FIT_FOR_ALL" ] && [ "$(id -u)" != 0 ]; then continue; fi
    for candidate in python3 python3.13 python3.12 python3.11 /usr/bin/python3; do
      if command -v "$candidate" >/dev/null 2>&1 && "$candidate" -c "$wanted" >/dev/null 2>&1; then
        command -v "$candidate"
        return
      fi
    done
  done
  echo "需要 Python 3.11 或更新的版本。请由管理员运行：sudo apt-get install -y python3 python3-venv" >&2
  return 1
}
