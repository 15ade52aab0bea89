"""KVM hosts with libvirt and Open vSwitch."""
