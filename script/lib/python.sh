# Finds a Python of version 3.11 or newer; sourced by the commands in script/.
find_python() {
  local candidate
  for candidate in python3 python3.13 python3.12 python3.11 /usr/bin/python3; do
    if command -v "$candidate" >/dev/null 2>&1 &&
      "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
      command -v "$candidate"
      return
    fi
  done
  echo "需要 Python 3.11 或更新的版本。请由管理员运行：sudo apt-get install -y python3 python3-venv" >&2
  return 1
}
