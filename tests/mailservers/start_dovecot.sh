#!/bin/sh
# A real IMAP and LMTP server on loopback that keeps to its own folder. Whoever asks is a user, with one password for
# all; name+anything@domain is the same user. Runs in the foreground.
# usage: start_dovecot.sh FOLDER IMAP_PORT IMAPS_PORT LMTP_PORT AUTH_PORT PASSWORD
# needs: apt-get install --no-install-recommends dovecot-imapd dovecot-lmtpd openssl
set -eu
folder=$1 imap=$2 imaps=$3 lmtp=$4 auth=$5 password=$6
mkdir -p "$folder/run" "$folder/mail" "$folder/log"
# Dovecot wants mail to belong to nobody in particular, its own processes to its own users; both only where we are root.
owner=$(id -un) group=$(id -gn)
internal=$owner login=$owner internal_group=$group
if [ "$(id -u)" = 0 ]; then
    owner=nobody group=nogroup internal=dovecot login=dovenull internal_group=dovecot
    chown nobody:nogroup "$folder/mail"
fi
[ -f "$folder/key.pem" ] || openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout "$folder/key.pem" -out "$folder/cert.pem" 2>/dev/null
# Access tokens are JSON web tokens (HS256) for "sub", under the password as their key.
mkdir -p "$folder/keys/default/HS256"
printf %s "$password" | openssl base64 >"$folder/keys/default/HS256/default"
chmod -R a+rX "$folder/keys"
cat >"$folder/oauth2.conf" <<X
introspection_mode = local
local_validation_key_dict = fs:posix:prefix=$folder/keys/
username_attribute = sub
X
cat >"$folder/dovecot.conf" <<X
protocols = imap lmtp
base_dir = $folder/run
state_dir = $folder/run/state
log_path = $folder/log/dovecot.log
info_log_path = $folder/log/info.log
listen = 127.0.0.1
ssl = yes
ssl_cert = <$folder/cert.pem
ssl_key = <$folder/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2
auth_failure_delay = 0
auth_username_chars =
default_internal_user = $internal
default_login_user = $login
default_internal_group = $internal_group
default_process_limit = 200
default_client_limit = 1000
mail_max_userip_connections = 100
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:$folder/mail/%u
recipient_delimiter = +
passdb {
  driver = oauth2
  mechanisms = xoauth2
  args = $folder/oauth2.conf
}
passdb {
  driver = static
  args = password=$password
}
userdb {
  driver = static
  args = uid=$owner gid=$group home=$folder/mail/%u allow_all_users=yes
}
namespace inbox {
  inbox = yes
  separator = /
  mailbox Sent {
    auto = create
    special_use = \Sent
  }
}
service imap-login {
  inet_listener imap {
    port = $imap
  }
  inet_listener imaps {
    port = $imaps
    ssl = yes
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = $lmtp
  }
}
service auth {
  inet_listener {
    address = 127.0.0.1
    port = $auth
  }
}
# Tests fail to sign in on purpose; those after them are not to wait for it.
service anvil {
  client_limit = 1200
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  unix_listener stats-writer {
    mode = 0666
  }
}
protocol lmtp {
  postmaster_address = postmaster@fennel-oak.example
}
X
exec dovecot -F -c "$folder/dovecot.conf"
