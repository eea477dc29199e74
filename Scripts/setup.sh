#!/bin/sh
# Installs the Debian packages given as arguments that are missing. Does nothing when all are there.
set -eu

command -v swift >/dev/null || {
  echo "setup: no swift in PATH: install Swift 6.2 or later from https://swift.org/install" >&2
  exit 2
}
command -v dpkg-query >/dev/null || {
  echo "setup: not a Debian system: install the equivalents of: $*" >&2
  exit 0
}

missing=""
for package in "$@"; do
  case "$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)" in
    "install ok installed") ;;
    *) missing="$missing $package" ;;
  esac
done
[ -n "$missing" ] || exit 0

root=""
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null || ! sudo -n true 2>/dev/null && ! [ -t 0 ]; then
    echo "setup: missing packages; as root run: apt-get install$missing" >&2
    exit 2
  fi
  root="sudo"
fi
echo "setup: installing$missing"
export DEBIAN_FRONTEND=noninteractive
# Word splitting is wanted: $missing is a list of package names.
# shellcheck disable=SC2086
$root apt-get update -q && $root apt-get install -y -q --no-install-recommends $missing
