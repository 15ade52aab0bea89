"""A person at a keyboard: ``python type_on.py`` types lines on a device; what and where comes as JSON on stdin."""

import json
import sys

from netmiko import ConnectHandler

task = json.load(sys.stdin)
with ConnectHandler(**task["device"]) as device:
    device.enable()
    print(device.send_config_set(task["lines"], error_pattern="%"))
    device.save_config()
