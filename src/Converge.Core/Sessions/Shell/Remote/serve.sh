# Runs for as long as the session does: reads frames from standard input, byte by byte, so that nothing is over-read.
# Written in front of it: nonce, and family.sh.
SSH_CONNECTION=${1-} LC_ALL=C TERM=dumb PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export SSH_CONNECTION LC_ALL TERM PATH
unset TMPDIR CDPATH ENV BASH_ENV LANGUAGE MAIL OLDPWD SUDO_COMMAND SUDO_USER SUDO_UID SUDO_GID
umask 077
cd /
job=
born=
locked=

# Exactly $1 bytes of standard input. dd never reads ahead; head -c does, where it is not GNU's.
body() {
  if [ "$1" -ge 65536 ]; then dd bs=65536 count=$(($1 / 65536)) iflag=fullblock 2>/dev/null; fi
  if [ $(($1 % 65536)) -gt 0 ]; then dd bs=$(($1 % 65536)) count=1 iflag=fullblock 2>/dev/null; fi
}

# Sets birth to when process $1 began, in ticks since the boot: a number alone may be another process's by now. Fails for one that is no more.
birth() {
  birth=
  { read -r line <"/proc/$1/stat"; } 2>/dev/null || return 1
  set -- ${line##*) }
  case $1 in Z | X) return 1 ;; esac
  birth=${20}
}

# Folders of sessions that were killed before they could clean up. Of this process namespace alone, which its first process tells from
# others: what runs in another, such as a container that shares the folder, cannot be seen from here.
birth 1
space=${birth:-0}
for old in /run/converge.*."$space".* /var/tmp/converge.*."$space".*; do
  pid=${old##*/converge.}
  pid=${pid%%.*}
  case $pid in '' | *[!0-9]*) continue ;; esac
  if [ -d "$old" ] && [ ! -d "/proc/$pid" ]; then rm -rf -- "$old" 2>/dev/null; fi
done
for parent in /run /var/tmp /tmp; do
  if dir=$(mktemp -d "$parent/converge.$$.$space.XXXXXX" 2>/dev/null); then break; fi
done
if [ -z "$dir" ]; then
  echo "no private folder can be made in /run, /var/tmp or /tmp"
  exit 1
fi
# /run is memory: large bodies go to the disk.
big=$dir
large() {
  if [ "$big" = "$dir" ]; then big=$(mktemp -d "/var/tmp/converge.$$.$space.XXXXXX" 2>/dev/null) || big=$dir; fi
}

# Whether the request still runs.
busy() { [ "$job" ] && birth "$job" && [ "$birth" = "$born" ]; }

# Stops the running request with everything that it started: asked to terminate, killed after 5 seconds.
stop() {
  busy || return
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

# Takes the lock $1 of this host until this shell ends, whatever ends it, for $2, who is told to others. The job says the outcome: 0 taken,
# 1 held and by whom, 2 not to be had and why. The job inherits descriptor 9, so that the lock lasts as long as its work; what the job starts must
# not, or a daemon would hold the lock for ever.
lock() {
  who=$2
  if [ "$locked" ]; then
    set -- 0
  elif ! { command exec 9>>"$1"; } 2>/dev/null; then
    words=$({ : >>"$1"; } 2>&1)
    set -- 2 "$words"
  elif command -v flock >/dev/null; then
    lockfile=$1
    if flock -n 9; then
      printf '%s\n' "$who" >"$lockfile"
      locked=flock
      set -- 0
    else
      exec 9>&-
      set -- 1 "$(dd bs=1000 count=1 2>/dev/null <"$lockfile")"
    fi
  else
    exec 9>&-
    lockfile=$1.held
    if words=$(link); then
      locked=link
      set -- 0
    else
      set -- 1 "$words"
    fi
  fi
  printf '%s\n%s\n' "$1" "${2-}" >"$dir/lock"
}

# Where there is no flock: a hard link is made by one alone, and is stale once the process that it names is gone.
link() {
  read -r boot </proc/sys/kernel/random/boot_id
  birth $$
  printf '%s %s %s %s\n' "$$" "$birth" "$boot" "$who" >"$lockfile.$$"
  trap 'rm -f -- "$lockfile.$$" "$lockfile.$$.stale"' EXIT
  ln -- "$lockfile.$$" "$lockfile" 2>/dev/null && exit
  if read -r pid born started holder <"$lockfile" && [ "$started" = "$boot" ] && birth "$pid" && [ "$birth" = "$born" ]; then
    printf '%s\n' "$holder"
    exit 1
  fi 2>/dev/null
  mv -f -- "$lockfile" "$lockfile.$$.stale" 2>/dev/null
  # Somebody was faster, and what was moved away is no longer what was read.
  if read -r again birth started holder <"$lockfile.$$.stale" && [ "$again $birth" != "$pid $born" ]; then
    ln -- "$lockfile.$$.stale" "$lockfile"
    printf '%s\n' "$holder"
    exit 1
  fi 2>/dev/null
  ln -- "$lockfile.$$" "$lockfile" 2>/dev/null
}

leave() {
  trap '' HUP INT TERM
  stop
  case $locked in
    flock) : >"$lockfile" ;;
    link) rm -f -- "$lockfile" ;;
  esac
  rm -rf -- "$dir" "$big"
  if [ "$1" ]; then printf '\036%s bye\n' "$1"; fi
  exit 0
}

# Adds $1 blocks of $2 bytes of standard input to the file. One that cannot be written to must still have them taken off the stream:
# dd says how many it took before it gave up. Sets words to why.
take() {
  if [ -z "$words" ]; then
    words=$({ dd bs="$2" count="$1" iflag=fullblock >>"$file"; } 2>&1) && words= && return
  fi
  taken=${words%%+* records in*}
  case $words in *' records in'*) taken=${taken##*[!0-9]} ;; *) taken=0 ;; esac
  words=${words%%[0-9]*+*}
  words=${words:-cannot be written}
  if [ "$taken" -lt "$1" ]; then dd bs="$2" count=$(($1 - taken)) iflag=fullblock of=/dev/null 2>/dev/null; fi
}

# What goes wrong is kept for the item that misses the body.
stage() {
  file=$dir/$1
  if [ "$2" -ge 4194304 ]; then large; file=$big/$1; fi
  words=
  { true >"$file"; } 2>/dev/null || words=$({ true >"$file"; } 2>&1)
  if [ "$2" -ge 65536 ]; then take $(($2 / 65536)) 65536; fi
  if [ $(($2 % 65536)) -gt 0 ]; then take 1 $(($2 % 65536)); fi
  if [ "$words" ]; then
    rm -f -- "$file"
    printf '%s\n' "$words" >"$dir/$1.why"
  fi
}

run() {
  if [ "$2" -lt 65536 ]; then text=$(dd bs="$2" count=1 iflag=fullblock 2>/dev/null); else text=$(body "$2"); fi
  if [ "$job" ]; then wait "$job" 2>/dev/null; fi
  nonce=$1
  printf 'nonce=%s\ndir=%s\nbig=%s\n%s\n' "$nonce" "$dir" "$big" "$text" | $setsid sh &
  job=$!
  birth "$job"
  born=$birth
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
    lock)
      IFS= read -r path
      IFS= read -r who
      lock "$path" "$who${SSH_CONNECTION:+ from ${SSH_CONNECTION%% *}}"
      ;;
    run) run "$one" "$two" ;;
    quit) : >"$dir/quit.$nonce" ;;
    ping)
      printf '\036%s pong\n' "$nonce"
      if ! busy; then printf '\036%s end lost\n' "$nonce"; fi
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
