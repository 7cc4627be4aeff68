<?php
// PHP's streams, which read no proxy variable.
echo file_get_contents(getenv("ADDRESS"));
