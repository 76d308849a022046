"""What the public material leaves open about the chat endpoints, and what this emulator does there.

The only list of such choices: the code refers to it. A client must not rely on any of them. What is *known* (from
recordings, the official description, live probes) stands beside the code that does it.

Order and statuses
- Checks: User-Agent 403, token 401, shape 400, model 404, parameters 422 (with the 404s of functions, tools and files
  among them), size 413, concurrency 429, balance 402. The true order is unknown.
- A wrong type is 400 `INVALID_JSON` (a fraction for a whole number and `NaN` among them), a wrong value 422; an
  unknown string in a closed set counts as a value.
- A function result that is no JSON is 422 in the first contract and 400 in the second, with the same words.
- A `response_format` the service does not know is 400 in both contracts, with the words recorded for the second.
- Documents that do not fit the context are 422 `Unprocessable Entity`; a prompt that does not is 413.

First contract
- `content` may be missing in any message, although the description of 2026 wants it: older clients leave it out.
- `n` is accepted and gives one answer. `profanity_check`, `flags`, `function_ranker`, `additional_data` are checked
  for their types and change nothing. Attachments of other roles than `user` are ignored.
- Progress chunks: key order content, role, created, name; the text is `N seconds left` (Russian questions: Russian).
- `reasoning_content` stands beside an empty `content`, first with the role; in a whole answer it comes last.
- A function call of a stream, its state id, finish reason and usage are one chunk. The state id of a built-in function
  comes with the last chunk.
- `thread_id` and `message_id` stand before `usage`, in each chunk.
- Models without functions: `GigaChat-Plus` (as if it were of the time before them). Models without eyes and ears:
  `GigaChat`, `GigaChat-2`, `GigaChat-Plus` and their previews.

Second contract
- Both `tool` and `function` are taken as the role of a result, with a string or an object as `result`.
- A called function has an `id` (seen live in September 2026; the recordings of June have none).
- Thinking is a message of the role `reasoning`; `tool_execution` has `seconds_left` for tools that make files.
- The sources stand in the last text part of a stream. A tool's state id comes with the `done` event.
- Everything told of a thread: `thread_id` after `model`, `message_id` first in each message.
- `top_logprobs`, `disable_filter`, `filter_config`, `preset`, `flags`, `ranker_options`, `memory_id` are checked for
  their types and change nothing, as for an account without those permissions.
- `forced` uses the tool whatever is asked. A tool that is not among `tools` is unknown to it.

Both
- `GigaChat-2-Reasoning` and `GigaChat-3-...` think: always when an effort is asked for, else over questions that are
  not short and need no tool. The effort decides the length; `off` (Java SDK) leaves it out.
- The name and arguments of a called function count as completion tokens.
- What the model thinks counts as completion tokens and towards `max_tokens`.
- The tokens of pictures, sound and tools are figures of the right size, not those of the service.
- Of several documents only the first is read, as documented: here the first of the request is counted, the first of
  the message is talked about.
- `assistant_id` instead of a model is taken whatever it is and answered by `GigaChat-2`; the threads of `storage` are
  not those of `/threads`.
- The balance lists `embeddings` and the chat models of the host that is asked.
- The authorization host's errors end without a newline, and its undocumented ones have the code 0.
- The context of every model is 128,000 tokens: larger ones are told by resellers only.
- With storage, a turn whose client has gone is kept all the same.
"""

INVALID_RESULT = (
    "invalid function result for function {name} json string {text}, error: JSON parse error at line 1 column 1"
)
"""Recorded for the second contract; the place is always told as the first character."""
NO_FUNCTIONS = "Requested model does not support functions"
UNKNOWN_THREAD = "No such thread"
TOO_LARGE_DOCUMENT = "Unprocessable Entity"

PARAMS = "Invalid params: "
ONE_IMAGE = PARAMS + "only one image per message is allowed"
TEN_IMAGES = PARAMS + "no more than 10 images per request are allowed"
MEDIA_SIZE = PARAMS + "total size of images and audio must be less than 80 MB"
NO_MEDIA = PARAMS + "requested model does not support {kind} attachments"
EMPTY_MESSAGES = PARAMS + "messages must not be empty"
UNKNOWN_ROLE = PARAMS + "unknown role {role}"
NOT_AMONG = PARAMS + "{name} must be one of: {allowed}"
NOT_IN_RANGE = PARAMS + "{name} must be in range {allowed}"
"""Official for `repetition_penalty`."""
NO_TYPE = PARAMS + "function {name}: property {path} must have a type"
NO_PROPERTIES = PARAMS + "function {name}: object {path} must have properties"
TEXT_FORMAT_KEYS = PARAMS + "response_format of type text must have no other fields"
NO_FORCED_NAME = PARAMS + "tool_config with mode forced must have tool_name or function_name"
INVALID_REGEX = "Invalid regex in response_format"

IMAGE_TOKENS = 800
AUDIO_BYTES_PER_TOKEN = 2000
TOOL_TOKENS = {
    "image_generate": 620,
    "model_3d_generate": 620,
    "web_search": 18_000,
    "code_interpreter": 3_900,
    "url_content_extraction": 17_000,
}
"""What a used tool adds to the prompt: its description and what it has read."""
