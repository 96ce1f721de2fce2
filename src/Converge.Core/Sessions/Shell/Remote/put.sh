# Gives the open file 3 its owner and mode, and has it on the disk. Through the descriptor: in a folder that belongs to another
# user, the name may be made to lead elsewhere.
dress() {
  chown -- "${owner:-$1}:${group:-$2}" /proc/self/fd/3 && chmod -- "${mode:-$3}" /proc/self/fd/3 && sync -- /proc/self/fd/3
}

# Puts a file in place as a whole or not at all. Set by the caller: path, number and size of the staged body, from (where it
# begins in an archive; empty: it is by itself), owner, group and mode (empty: as found), fresh (mode of a file that is new), and
# check(), which is given the new file as $new.
put() {
  folder=${path%/*}
  name=${path##*/}
  # A link is replaced by the file, never followed: what it points at is somebody else's.
  if [ ! -L "$path" ]; then
    if [ -d "$path" ]; then die "$path is a directory"; fi
    if [ -e "$path" ] && [ ! -f "$path" ]; then die "$path is not a regular file"; fi
  fi
  [ -d "$folder/" ] || die "the directory $folder does not exist"
  staged "$number" "$size"

  if [ "${#name}" -gt 220 ]; then name=long-name; fi
  # Left by a run that was killed.
  for stale in "$folder/.$name.converge."????????????????; do
    if [ -f "$stale" ]; then rm -f -- "$stale"; fi
  done

  if [ -e "$path" ] && [ ! -L "$path" ]; then set -- $(stat -c '%u %g %a' -- "$path"); else set -- "$(id -u)" "$(id -g)" "$fresh"; fi
  new=$folder/.$name.converge.${nonce%????????????????}
  trap 'rm -f -- "$new"' EXIT
  trap 'exit 143' HUP INT TERM
  umask 077
  # A large body lies on a disk already, often on the right one: then nothing has to be copied. Not with SELinux, where a file has
  # the label of the folder that it was made in.
  if [ "$size" -lt 4194304 ] || [ -e /sys/fs/selinux/enforce ] || ! { exec 3<"$blob" && dress "$@" && ln -- "$blob" "$new"; } 2>/dev/null; then
    set -C
    exec 3>"$new"
    set +C
    # Nobody but its owner can open it before it has its content, its owner and its mode.
    chown -- "${owner:-$1}:${group:-$2}" /proc/self/fd/3 || exit 1
    if [ "$from" ]; then tail -c "+$from" <"$blob" | { head -c "$size" && cat >/dev/null; }; else cat <"$blob"; fi >&3 || exit 1
    dress "$@" || exit 1
  fi
  exec 3>&-
  umask 022
  check || exit
  mv -T -f -- "$new" "$path" || exit 1
  trap - EXIT
  sync -- "$folder/"
}
