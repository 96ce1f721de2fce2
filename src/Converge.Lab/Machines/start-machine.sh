# Starts one host and becomes its systemd-nspawn. Runs in a mount namespace of its own, so that every mount made here
# ends with the host. Arguments are only ever used as quoted words.
set -eu
lab=$1 name=$2 cgroup_mount=$3 cgroup=$4 image=$5 debs=$6 disk=$7 run=$8
umask 022

# Without a cgroup of their own all hosts share one /system.slice.
echo $$ >"$cgroup/cgroup.procs"
# Whoever started this waits for the end of its pipes: from here on the host counts as started.
exec >>"$run/console.log" 2>&1 </dev/null

# nspawn looks for cgroup2 here only. Bind it: a second mount without its options would switch nsdelegate off for the machine.
[ "$cgroup_mount" = /sys/fs/cgroup ] || mount --bind "$cgroup_mount" /sys/fs/cgroup

# What nspawn leaves under /run/systemd/nspawn goes with the namespace.
mkdir -p /run/systemd
mount -t tmpfs -o mode=755 tmpfs /run/systemd

# volatile: no fsync reaches the real disk, which makes apt and databases several times faster. What a killed host wrote is still in
# this machine's page cache, so its disk is whole; the kernel's mark against mounting such a disk again is for crashes of the machine.
rm -rf "$disk/work/work/incompat"
mount -t overlay overlay -o "lowerdir=$image,upperdir=$disk/upper,workdir=$disk/work,volatile" "$run/root"

export SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1 SYSTEMD_NSPAWN_API_VFS_WRITABLE=network TERM=dumb
exec systemd-nspawn --quiet --boot --settings=no --register=no --keep-unit --console=read-only \
    --directory="$run/root" --machine="$lab-$name" --hostname="$name" \
    --network-namespace-path="/run/netns/lab.$lab.$name" --capability=CAP_NET_ADMIN \
    --resolv-conf=off --timezone=off --link-journal=no --bind-ro="$debs:/srv/debian"
