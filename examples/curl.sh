#!/usr/bin/env bash
# A curl line for each route of pincite's server.
#   pincite serve -d INDEX --listen=unix:/tmp/pincite.sock &
#   examples/curl.sh /tmp/pincite.sock
set -eu
socket=${1:?usage: curl.sh SOCKET}
socket=${socket#unix:} # as --listen names it, too
ask() { curl --silent --show-error --fail-with-body --unix-socket "$socket" "$@"; echo; }

# Search: `q` as on the command line; --get with --data-urlencode escapes it.
ask --get http://localhost/v1/search --data-urlencode 'q=harbor AND record' --data n=2
ask --get http://localhost/v1/search --data-urlencode 'q="inquiry file"' --data by=passage --data facets=kind,year
# A document, or the part of it that an address or a citation names.
ask --get http://localhost/v1/show --data-urlencode 'q=/us-fk/rsf/s14.030/2' --data outline=1
# What a citation names and who cites it.
ask --get http://localhost/v1/cite --data-urlencode 'q=/us-fk/rsf/s14.030' --data limit=5
# What a query begun may become.
ask --get http://localhost/v1/suggest --data-urlencode 'q=harbor fre'
# The citations in a text.
ask http://localhost/v1/extract --header 'Content-Type: text/plain' --data-binary 'See 42 U.S.C. § 1983; Roe v. Wade, 410 U.S. 113, 153 (1973).'
# The citations and quotations of a brief, checked; --data-binary @brief.txt sends a file.
ask 'http://localhost/v1/verify?toa=1' --header 'Content-Type: text/plain' --data-binary 'Harbor Freight Coop. v. Dep’t of Tides, 214 Frk. 331, 335 (2011).'
# What a document cites.
ask --get http://localhost/v1/authorities --data-urlencode 'q=214 Frk. 331'
# What the index holds, what the server can do, how it does.
ask http://localhost/v1/stats
ask http://localhost/openapi.json
ask http://localhost/healthz
ask http://localhost/readyz
ask http://localhost/metrics
# The brief checker as a form, a table of authorities as a page.
ask --output /dev/null --write-out '%{http_code} %{size_download} bytes\n' http://localhost/brief --form 'text=See 214 Frk. 331.'
ask --output /dev/null --write-out '%{http_code} %{size_download} bytes\n' --get http://localhost/authorities --data-urlencode 'q=214 Frk. 331'
# The page, and the place that a citation leads to.
ask --output /dev/null --write-out '%{http_code} %{size_download} bytes\n' --get http://localhost/ --data-urlencode 'q=harbor'
ask --output /dev/null --write-out '%{http_code} %{size_download} bytes\n' --get http://localhost/d/us-fk/rsf/s14.030 --data-urlencode 'q=harbor'
ask --output /dev/null --write-out '%{http_code} %{redirect_url}\n' http://localhost/c/us-fk/rsf/s14.030/2
