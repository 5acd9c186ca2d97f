#!/bin/sh
# Starts bootmend on the Node beside it, through the C library beside that: nothing of the host's own is used.
here=$(dirname -- "$(readlink -f -- "$0")")
exec "$here/runtime/lib/@LOADER@" --inhibit-cache --library-path "$here/runtime/lib" \
  "$here/runtime/node" "$here/bin/bootmend.js" "$@"
