# Puts a file in place as a whole or not at all. Set by the caller: path, number and size of the staged body, owner, group
# and mode (empty: as found), fresh (mode of a file that is new), and check(), which is given the new file as $new.
put() {
  # The file that a link points at is replaced, not the link: /etc/resolv.conf stays one. A link that somebody else than
  # root made could point anywhere.
  target=$path
  hops=0
  while [ -L "$target" ]; do
    by=$(stat -c %u -- "$target")
    [ "$by" = 0 ] || [ "$by" = "$(id -u)" ] || die "$target is a symbolic link that belongs to user $by: not followed"
    link=$(readlink -- "$target" && printf .)
    link=${link%??}
    case $link in
      /*) target=$link ;;
      *) target=${target%/*}/$link ;;
    esac
    hops=$((hops + 1))
    [ "$hops" -le 40 ] || die "$path: too many levels of symbolic links"
  done
  folder=${target%/*}
  name=${target##*/}
  if [ -d "$target" ]; then die "$target is a directory"; fi
  if [ -e "$target" ] && [ ! -f "$target" ]; then die "$target is not a regular file"; fi
  [ -d "$folder/" ] || die "the directory $folder does not exist"
  staged "$number" "$size"

  if [ "${#name}" -gt 220 ]; then name=long-name; fi
  # Left by a run that was killed.
  for stale in "$folder/.$name.converge."????????????????; do
    if [ -f "$stale" ]; then rm -f -- "$stale"; fi
  done

  if [ -e "$target" ]; then set -- $(stat -c '%u %g %a' -- "$target"); else set -- "$(id -u)" "$(id -g)" "$fresh"; fi
  # From here on through the descriptor: in a folder that belongs to another user, the name may be made to lead elsewhere.
  new=$folder/.$name.converge.${nonce%????????????????}
  umask 077
  set -C
  exec 3>"$new"
  set +C
  trap 'rm -f -- "$new"' EXIT
  trap 'exit 143' HUP INT TERM
  # Nobody but its owner can open it before it has its content, its owner and its mode.
  chown -- "${owner:-$1}:${group:-$2}" /proc/self/fd/3 || exit 1
  cat <"$blob" >&3 || exit 1
  chmod -- "${mode:-$3}" /proc/self/fd/3 && sync -- /proc/self/fd/3 || exit 1
  exec 3>&-
  umask 022
  check || exit
  mv -T -f -- "$new" "$target" || exit 1
  trap - EXIT
  sync -- "$folder/"
}
