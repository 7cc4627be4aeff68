<?php
// PHP's curl extension.
$call = curl_init(getenv("ADDRESS"));
curl_setopt($call, CURLOPT_USERPWD, getenv("NAME") . ":" . getenv("TOKEN"));
curl_setopt($call, CURLOPT_RETURNTRANSFER, true);
$body = curl_exec($call);
echo curl_getinfo($call, CURLINFO_RESPONSE_CODE), " ", curl_error($call), $body, "\n";
exit(curl_getinfo($call, CURLINFO_RESPONSE_CODE) == 200 ? 0 : 1);
