"""PostgreSQL and Redis out of wheels, for a machine that has neither.

`places` knows where everything lies (settings read it), `postgres` and `redis` start and stop one server each,
`hold` keeps both up while any process of this checkout needs them.
"""
