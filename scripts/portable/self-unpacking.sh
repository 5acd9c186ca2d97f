#!/bin/sh
# bootmend @VERSION@ for @PLATFORM@, in one file. It unpacks itself once, into a folder that is named by its content,
# and runs from there; it installs nothing else.
#
#   sh @NAME@.run COMMAND ...       as the command bootmend; try --help
#   sh @NAME@.run --extract DIR     unpacks into the new folder DIR, to be run as DIR/bootmend
#
# Who carries it over a network need not send it twice: this text alone, as many bytes as `offset` says, as the input of
# `sh -s -- --if-unpacked COMMAND ...` runs what is there, or prints the kind of the machine and ends with 69.
#
# The folder lies in /var/cache/bootmend for root, in the user's cache folder for others, or below $BOOTMEND_CACHE.
set -eu
umask 077

name=@NAME@
made_for=@UNAME@
sha256=@SHA256@
offset=@OFFSET@
decompress='@DECOMPRESS@'
needed_megabytes=@MEGABYTES@

fail() {
  echo "bootmend: $1" >&2
  exit 1
}

# A folder that is another user's, or that another user may write to, could hold another user's program.
require_own() {
  [ -d "$1" ] && [ ! -L "$1" ] && [ -O "$1" ] || fail "$1 is not a folder of this user's; set BOOTMEND_CACHE to one that is"
  case $(ls -ld "$1") in
    d????-??-*) ;;
    *) fail "$1 may be written to by others; set BOOTMEND_CACHE to a folder that may not" ;;
  esac
}

require_programs() {
  for program in sha256sum tail tar ${decompress%% *}; do
    command -v "$program" >/dev/null 2>&1 || fail "the program $program is not installed, and unpacking needs it"
  done
}

# Prints the payload. A file that was cut off or changed on its way is refused before anything of it is unpacked.
payload() {
  tail -c "+$((offset + 1))" -- "$self"
}

unpack_into() {
  require_programs
  found=$(payload | sha256sum)
  [ "${found%% *}" = "$sha256" ] || fail "$self is not as it was made (cut off or changed); copy it again"
  payload | $decompress | tar -xf - -C "$1" ||
    fail "unpacking into $1 failed; it needs $needed_megabytes MB of space"
  mv -- "$1/$name"/* "$1"
  rmdir -- "$1/$name"
  status=0
  "$1/bootmend" --version >/dev/null 2>&1 || status=$?
  [ "$status" != 126 ] || fail "no program may run in $1 (mounted noexec?); set BOOTMEND_CACHE to another folder"
  [ "$status" = 0 ] || fail "the unpacked program does not start in $1 (exit status $status)"
}

if [ "$(id -u)" = 0 ]; then default=/var/cache/bootmend; else default=${XDG_CACHE_HOME:-$HOME/.cache}/bootmend; fi
cache=${BOOTMEND_CACHE:-$default}
unpacked=$cache/portable-$sha256
machine=$(uname -s)-$(uname -m)

if [ "${1-}" = --if-unpacked ]; then
  shift
  if [ "$machine" != "$made_for" ] || [ ! -d "$unpacked" ]; then
    echo "$machine"
    exit 69
  fi
fi

case $0 in
  */*) self=$0 ;;
  *) if [ -f "$0" ]; then self=./$0; else self=$(command -v -- "$0"); fi ;;
esac
[ "$machine" = "$made_for" ] || fail "this file is for $made_for, and this machine is $machine"

if [ "${1-}" = --extract ]; then
  [ $# = 2 ] || fail "usage: --extract DIR"
  mkdir -- "$2" || fail "$2 can't be made; --extract wants a folder that is not there yet"
  trap 'rm -rf -- "$2"' EXIT
  unpack_into "$2"
  trap - EXIT
  echo "$2/bootmend"
  exit 0
fi

if [ ! -d "$unpacked" ]; then
  mkdir -p -- "$cache" || fail "$cache can't be made; set BOOTMEND_CACHE to a folder of this user's"
  require_own "$cache"
  temporary=$(mktemp -d "$cache/.unpacking-XXXXXX") || fail "nothing can be written to $cache"
  trap 'rm -rf -- "$temporary"' EXIT
  trap 'exit 130' HUP INT TERM PIPE
  unpack_into "$temporary"
  # On the disk before it has its name: what has the name is never unpacked again.
  sync
  mv -- "$temporary" "$unpacked"
  # Where another start was faster, mv put this one inside the other's.
  rm -rf -- "$unpacked/${temporary##*/}"
  trap - EXIT HUP INT TERM PIPE
  # Those of earlier versions, but not of one that may still run, and what an unpacking that was killed left behind.
  find "$cache" -maxdepth 1 \( -name 'portable-*' -o -name '.unpacking-*' \) ! -name "portable-$sha256" -mtime +1 \
    -exec rm -rf -- {} +
fi

require_own "$cache"
require_own "$unpacked"
# What --host sends to other machines.
export BOOTMEND_PORTABLE="${BOOTMEND_PORTABLE:-$self}"
exec "$unpacked/bootmend" "$@"
