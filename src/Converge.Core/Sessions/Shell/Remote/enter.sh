# First text that a session sends, run by the login user's sh. Raises privilege at most once, then loads serve.sh.
# Written in front of it: nonce, raise (no, plain or password), prompt.
LC_ALL=C
export LC_ALL
uid=$(id -u)
printf '\036%s user %s %s\n' "$nonce" "$uid" "${LOGNAME:-USER}"
load='read -r n && eval "$(dd bs="$n" count=1 iflag=fullblock 2>/dev/null)"'
if [ "$raise" = no ] || [ "$uid" = 0 ]; then
  set -- "${SSH_CONNECTION-}"
  eval "$load"
  exit
fi
if ! command -v sudo >/dev/null; then
  echo "sudo: not found"
  exit 1
fi
# sudo drops SSH_CONNECTION, hence the argument. The nonce must not be one: arguments are there for all to read.
if [ "$raise" = plain ]; then
  exec sudo -n -H -- sh -c "$load" sh "${SSH_CONNECTION-}"
fi
exec sudo -S -H -p "$prompt" -- sh -c "echo; echo converge-ready; $load" sh "${SSH_CONNECTION-}"
