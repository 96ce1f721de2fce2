# In front of the items of one request, run by a sh that leads a session of its own.
# Written in front of it: nonce, dir, big, unstage(), and family.sh.
umask 022
exec 2>>"$dir/stderr"
: >"$dir/stderr" >"$dir/now" >"$dir/late" >"$dir/halt"

mark() { printf '\036%s %s\n' "$nonce" "$*"; }

uptime() { { read -r up rest </proc/uptime; } 2>/dev/null || up=; }

die() {
  printf '%s\n' "$*" >&2
  exit 1
}

begin() {
  item=$1
  uptime
  if [ "$up" ]; then printf '%s %s\n' "$1" $((${up%.*} + $2)) >"$dir/now"; fi
  mark begin "$1" "$up"
}

finish() {
  rc=$1
  late=
  : >"$dir/now"
  if [ -s "$dir/stderr" ]; then
    mark stderr "$item"
    tail -c 262144 "$dir/stderr"
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

# Watches over the deadline of the item that runs, also when the controller is gone or asleep.
watch() {
  # exec: a redirection around the call would keep the old descriptors open, and with them the session's channel.
  exec </dev/null >/dev/null 2>&1
  trap 'kill "$nap" 2>/dev/null; exit' TERM
  trap - EXIT
  nap=
  read -r me rest </proc/self/stat
  was=
  while :; do
    sleep 1 &
    nap=$!
    wait "$nap"
    # The shell that it watches over was killed.
    read -r line </proc/self/stat
    set -- ${line##*) }
    [ "$2" = $$ ] || exit
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
    signal=TERM
    if [ "${up%.*}" -ge $((until + 5)) ]; then signal=KILL; fi
    printf '%s %s\n' "$now" "$why" >"$dir/late"
    family $$
    for pid in $kin; do
      case $pid in $$ | "$me") ;; *) kill -$signal "$pid" ;; esac
    done
  done
}

watch &
watcher=$!
trap 'unstage; mark end done; kill "$watcher"' EXIT
