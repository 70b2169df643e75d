#!/bin/sh
# A real mail transfer agent on loopback with its own folders: takes mail from anybody here, gives what goes to one of
# DOMAINS to Dovecot and everything else to whatever listens on SINK_PORT; what is refused there comes back as a genuine
# report (RFC 3464). Runs in the foreground and needs root.
# usage: start_postfix.sh FOLDER SMTP_PORT LMTP_PORT AUTH_PORT SINK_PORT CERTIFICATE KEY "DOMAINS"
# needs: apt-get install --no-install-recommends postfix
set -eu
folder=$1 smtp=$2 lmtp=$3 auth=$4 sink=$5 certificate=$6 key=$7 domains=$8
etc=$folder/etc
mkdir -p "$etc" "$folder/spool" "$folder/data" "$folder/log"
chown postfix "$folder/data"
chmod 755 "$folder" "$etc"
for file in dynamicmaps.cf dynamicmaps.cf.d postfix-files; do
    for place in /etc/postfix /usr/share/postfix; do
        [ -e "$etc/$file" ] || [ ! -e "$place/$file" ] || cp -r "$place/$file" "$etc/"
    done
done
cat >"$etc/main.cf" <<X
compatibility_level = 3.6
queue_directory = $folder/spool
data_directory = $folder/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
myhostname = mx.fennel-oak.example
mydomain = fennel-oak.example
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
virtual_mailbox_domains = $domains
virtual_mailbox_maps = static:ok
virtual_transport = lmtp:inet:127.0.0.1:$lmtp
relay_domains =
default_transport = smtp:[127.0.0.1]:$sink
local_transport = error:5.1.1 no local mail
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:$auth
smtpd_tls_security_level = may
smtpd_tls_cert_file = $certificate
smtpd_tls_key_file = $key
smtpd_tls_loglevel = 0
smtp_tls_security_level = none
smtp_dns_support_level = disabled
smtpd_client_connection_count_limit = 0
disable_dns_lookups = yes
alias_maps =
alias_database =
maillog_file_prefixes = $folder
maillog_file = $folder/log/postfix.log
minimal_backoff_time = 2s
maximal_backoff_time = 10s
queue_run_delay = 2s
bounce_queue_lifetime = 1h
recipient_delimiter = +
message_size_limit = 80000000
mailbox_size_limit = 0
smtpd_peername_lookup = no
X
cat >"$etc/master.cf" <<X
127.0.0.1:$smtp inet n - n - - smtpd
pickup  unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr    unix n - n 2 1 qmgr
tlsmgr  unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce  unix - - n - 0 bounce
defer   unix - - n - 0 bounce
trace   unix - - n - 0 bounce
verify  unix - - n - 1 verify
flush   unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
smtp    unix - - n - - smtp
relay   unix - - n - - smtp
showq   unix n - n - - showq
error   unix - - n - - error
retry   unix - - n - - error
discard unix - - n - - discard
lmtp    unix - - n - - lmtp
anvil   unix - - n - 1 anvil
scache  unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
X
postfix -c "$etc" check 2>&1 | grep -v "not owned" || true
exec postfix -c "$etc" start-fg
