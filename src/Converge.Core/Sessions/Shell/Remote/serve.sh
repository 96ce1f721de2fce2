# Runs for as long as the session does: reads frames from standard input, byte by byte, so that nothing is over-read.
# Written in front of it: nonce, and family.sh.
SSH_CONNECTION=${1-} LC_ALL=C TERM=dumb PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export SSH_CONNECTION LC_ALL TERM PATH
unset TMPDIR CDPATH ENV BASH_ENV LANGUAGE MAIL OLDPWD SUDO_COMMAND SUDO_USER SUDO_UID SUDO_GID
umask 077
cd /
job=

# Exactly $1 bytes of standard input. dd never reads ahead; head -c does, where it is not GNU's.
body() {
  if [ "$1" -ge 65536 ]; then dd bs=65536 count=$(($1 / 65536)) iflag=fullblock 2>/dev/null; fi
  if [ $(($1 % 65536)) -gt 0 ]; then dd bs=$(($1 % 65536)) count=1 iflag=fullblock 2>/dev/null; fi
}

# Folders of sessions that were killed before they could clean up.
for old in /run/converge.* /var/tmp/converge.*; do
  pid=${old##*/converge.}
  pid=${pid%%.*}
  case $pid in '' | *[!0-9]*) continue ;; esac
  if [ -d "$old" ] && [ ! -d "/proc/$pid" ]; then rm -rf -- "$old" 2>/dev/null; fi
done
for parent in /run /var/tmp /tmp; do
  if dir=$(mktemp -d "$parent/converge.$$.XXXXXX" 2>/dev/null); then break; fi
done
if [ -z "$dir" ]; then
  echo "no private folder can be made in /run, /var/tmp or /tmp"
  exit 1
fi
# /run is memory: large bodies go to the disk.
big=$dir
large() {
  if [ "$big" = "$dir" ]; then big=$(mktemp -d "/var/tmp/converge.$$.XXXXXX" 2>/dev/null) || big=$dir; fi
}

alive() {
  { read -r line <"/proc/$1/stat"; } 2>/dev/null || return 1
  case ${line##*) } in Z* | X*) return 1 ;; esac
}

# Stops the running request with everything that it started: asked to terminate, killed after 5 seconds.
stop() {
  [ "$job" ] && alive "$job" || return
  ses=" $job "
  family "$job"
  kill -TERM $kin 2>/dev/null
  read -r up rest </proc/uptime
  patience=$((${up%.*} + 5))
  nap=0.05
  while family "$job"; [ "$kin" != " " ]; do
    read -r up rest </proc/uptime
    if [ "${up%.*}" -ge $((patience + 3)) ]; then return; fi
    if [ "${up%.*}" -ge "$patience" ]; then kill -KILL $kin 2>/dev/null; fi
    sleep "$nap" 2>/dev/null || sleep 1
    nap=0.2
  done
}

leave() {
  trap '' HUP INT TERM
  stop
  rm -rf -- "$dir" "$big"
  if [ "$1" ]; then printf '\036%s bye\n' "$1"; fi
  exit 0
}

# Staging that fails must still take its bytes off the stream, and its words are kept for the item that misses it.
stage() {
  file=$dir/$1
  if [ "$2" -ge 4194304 ]; then large; file=$big/$1; fi
  body "$2" | {
    words=$({ cat >"$file"; } 2>&1) || { rm -f -- "$file"; printf '%s\n' "$words" >"$dir/$1.why"; }
    cat >/dev/null
  }
}

run() {
  text=$(body "$2")
  if [ "$job" ]; then wait "$job" 2>/dev/null; fi
  nonce=$1
  printf 'nonce=%s\ndir=%s\nbig=%s\n%s\n' "$nonce" "$dir" "$big" "$text" | $setsid sh &
  job=$!
  text=
}

# A shell that ignores SIGPIPE would make all its children ignore it; one that handles it does not.
trap : PIPE
trap leave HUP INT TERM
setsid=
if command -v setsid >/dev/null; then setsid=setsid; fi
printf '\036%s hello\n' "$nonce"
while read -r verb one two; do
  case $verb in
    blob) stage "$one" "$two" ;;
    run) run "$one" "$two" ;;
    ping)
      printf '\036%s pong\n' "$nonce"
      if ! alive "$job"; then printf '\036%s end lost\n' "$nonce"; fi
      ;;
    halt) printf '%s\n' "$one" >"$dir/halt" ;;
    stop)
      stop
      rm -f -- "$dir"/blob.* "$big"/blob.*
      printf '\036%s end stopped\n' "$nonce"
      ;;
    bye) leave "$one" ;;
    *) leave ;;
  esac
done
leave
