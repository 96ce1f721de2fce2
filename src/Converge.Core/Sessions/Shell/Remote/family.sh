# Sets kin to all living processes that descend from process $1 or are in a session of such a process, $1 included.
# ses holds the sessions and must be set to " $1 " before the first call; it is kept from call to call, because a process
# whose parent has ended can no longer be found by descent.
family() {
  root=$1
  kin=" "
  more=yes
  while [ "$more" ]; do
    more=
    for stat in /proc/[0-9]*/stat; do
      { read -r line <"$stat"; } 2>/dev/null || continue
      pid=${line%% *}
      case $kin in *" $pid "*) continue ;; esac
      # The name in parentheses may itself hold blanks and parentheses.
      set -- ${line##*) }
      case $1 in Z | X | '') continue ;; esac
      if [ "$pid" != "$root" ]; then
        case $kin in
          *" $2 "*) ;;
          *) case $ses in *" $4 "*) ;; *) continue ;; esac ;;
        esac
      fi
      kin="$kin$pid "
      case $ses in *" $4 "*) ;; *) [ "$pid" = "$root" ] || ses="$ses$4 " ;; esac
      more=yes
    done
  done
}
