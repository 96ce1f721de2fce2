# In front of the items of one request, run by a sh that leads a session of its own.
# Written in front of it: nonce, dir, big, unstage(), and family.sh.
umask 022
item=
exec 2>>"$dir/stderr"
: >"$dir/stderr" >"$dir/now" >"$dir/late" >"$dir/halt"

mark() { printf '\036%s %s\n' "$nonce" "$*"; }

uptime() { { read -r up rest </proc/uptime; } 2>/dev/null || up=; }

die() {
  printf '%s\n' "$*" >&2
  exit 1
}

# Whether a step is left out: one of its group, whose mark is $1, has failed, or the run is to end.
skips() { [ "$1" ] || [ -e "$dir/quit.$nonce" ]; }

# An item that is begun a second time only has its time anew.
begin() {
  uptime
  if [ "$up" ]; then printf '%s %s\n' "$1" $((${up%.*} + $2)) >"$dir/now"; fi
  [ "$item" = "$1" ] || mark begin "$1" "$up"
  item=$1
}

finish() {
  rc=$1
  late=
  : >"$dir/now"
  if [ -s "$dir/stderr" ]; then
    mark stderr "$item"
    size=$(wc -c <"$dir/stderr")
    # Begins with a whole line: a part of one may be a part of a secret, which the other end would not recognize.
    if [ "$size" -gt 262144 ]; then
      echo "(truncated: $((size - 262144)) bytes left out)"
      tail -c 262144 "$dir/stderr" | sed 1d
    else
      cat "$dir/stderr"
    fi
    : >"$dir/stderr"
  fi
  if [ -s "$dir/late" ]; then
    read -r number late <"$dir/late"
    [ "$number" = "$item" ] || late=
    : >"$dir/late"
  fi
  uptime
  mark done "$item" "$rc" "${up:--}" $late
}

# Path of a staged body.
staged() {
  blob=$dir/blob.$1
  [ -e "$blob" ] || blob=$big/blob.$1
  if [ ! -e "$blob" ]; then
    cat "$dir/blob.$1.why" >&2
    die "its $2 bytes could not be staged in $dir"
  fi
}

# Sends a signal to this job and all that it has started, but not to process $2.
signal() {
  family $$
  for pid in $kin; do
    case $pid in "$me" | "${2-}") ;; *) kill "-$1" "$pid" ;; esac
  done
}

# Watches over the deadline of the item that runs, also when the controller is gone or asleep, and ends all of it when a shell
# of this session was killed and cannot.
watch() {
  # exec: a redirection around the call would keep the old descriptors open, and with them the session's channel and the lock.
  exec </dev/null >/dev/null 2>&1 9>&-
  trap 'kill "$nap" 2>/dev/null; exit' TERM
  trap - EXIT
  nap=
  read -r me rest </proc/self/stat
  was=
  while :; do
    sleep 1 &
    nap=$!
    wait "$nap"
    read -r line </proc/self/stat
    set -- ${line##*) }
    parent=$2
    read -r line </proc/$$/stat
    set -- ${line##*) }
    if [ "$parent" != $$ ] || [ "$2" != $PPID ]; then
      ses=" $$ "
      signal TERM
      sleep 3
      signal KILL
      exit
    fi
    if [ "$(wc -c <"$dir/stderr")" -gt 8388608 ]; then echo "(earlier lines left out)" >"$dir/stderr"; fi
    read -r now until <"$dir/now" || continue
    uptime
    why=deadline
    if read -r halted <"$dir/halt" && [ "$halted" = "$now" ]; then
      why=flood
      [ "$was" = "$now" ] || until=${up%.*}
    fi
    [ "${up%.*}" -ge "$until" ] || continue
    [ "$was" = "$now" ] || ses=" $$ "
    was=$now
    printf '%s %s\n' "$now" "$why" >"$dir/late"
    if [ "${up%.*}" -ge $((until + 5)) ]; then signal KILL $$; else signal TERM $$; fi
  done
}

watch &
watcher=$!
trap 'unstage; mark end done; kill "$watcher"' EXIT
