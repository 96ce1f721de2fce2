# Puts the files "$@", which are in one archive, into one folder at once. Set by the caller: folder, number and size of the staged
# archive, and owner, group, mode and fresh as for put(). Whatever is out of the ordinary makes it give up: then each file is put by
# itself, which says what is wrong with which.
together() {
  command -v tar >/dev/null || exit 1
  staged "$number" "$size"
  cd -- "$folder/" || exit 1
  old=
  new=
  for name; do
    if [ -L "./$name" ] || [ ! -e "./$name" ]; then new=yes; elif [ -f "./$name" ]; then old=yes; else exit 1; fi
  done
  me=$(id -u)
  if [ -z "$old" ]; then found="$me $(id -g) $fresh"; else found=$(stat -c '%u %g %a' -- "$@" | sort -u); fi
  if [ -z "$owner" ] || [ -z "$group" ] || [ -z "$mode" ]; then
    if [ "$old" ] && [ "$new" ]; then exit 1; fi
    case $found in *'
'*) exit 1 ;; esac
  fi
  ids=${found% *}

  # Left by runs that were killed: by this function, and by put().
  for stale in .converge.????????????????; do
    if [ -d "$stale" ]; then rm -rf -- "$stale"; fi
  done
  for stale in .*.converge.????????????????; do
    [ -f "$stale" ] || continue
    stale=${stale#.}
    for name; do
      if [ "$name" = "${stale%.converge.*}" ]; then exit 1; fi
    done
  done

  # A folder that only we can enter: nothing in it is there to be read before it has its owner and mode. The folder above may belong
  # to another user, who could have something else waiting under that name; once inside, no name leads elsewhere.
  room=$folder/.converge.${nonce%????????????????}
  umask 077
  trap 'cd /; rm -rf -- "$room"' EXIT
  trap 'exit 143' HUP INT TERM
  mkdir -- "$room" && cd -P -- "$room" || exit 1
  case $(stat -c '%u %a' . && ls -A .) in "$me 700" | "$me 2700") ;; *) exit 1 ;; esac
  tar -x -o -m -f "$blob" && chown -- "${owner:-${ids% *}}:${group:-${ids#* }}" "$@" && chmod -- "${mode:-${found##* }}" "$@" || exit 1
  sync -- "$@" && mv -f -t "$folder/" -- "$@" && sync -- "$folder/"
}
