"""The commonest English words with forms of their own. Nothing but words."""

IRREGULAR = """
child children
man men
woman women
foot feet
tooth teeth
mouse mice
leaf leaves
knife knives
wife wives
life lives
shelf shelves
half halves
wolf wolves
bus buses
matrix matrices
index indices
vertex vertices
appendix appendices
criterion criteria
begin began begun beginning
break broke broken
bring brought
build built
buy bought
catch caught
choose chose chosen
come came
draw drew drawn
drink drank drunk
drive drove driven
eat ate eaten
fall fell fallen
fight fought
find found
fly flew flown
forget forgot forgotten
freeze froze frozen
get got gotten
give gave given
go went gone goes
grow grew grown
hear heard
hide hid hidden
hold held
keep kept
know knew known
lead led
lose lost
make made
mean meant
meet met
pay paid
ride rode ridden
ring rang rung
run ran
say said
see seen
sell sold
send sent
shake shook shaken
sing sang sung
sleep slept
speak spoken
spend spent
stand stood
steal stole stolen
swim swam swum
take took taken
teach taught
tell told
think thought
throw threw thrown
understand understood
wear wore worn
win won
write wrote written
""".strip().splitlines()
"""A word a line with its forms."""
