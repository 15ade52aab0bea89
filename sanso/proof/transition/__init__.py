"""No step of a change opens what neither its beginning nor its end does: on each device, and in any order of them."""
