# libwww-perl.
use strict;
use warnings;
use LWP::UserAgent;
use HTTP::Request;

my $call = HTTP::Request->new(GET => $ENV{ADDRESS});
$call->authorization_basic($ENV{NAME}, $ENV{TOKEN});
my $answer = LWP::UserAgent->new->request($call);
print $answer->status_line, "\n";
exit($answer->is_success ? 0 : 1);
