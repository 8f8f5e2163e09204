"""Makes the model that tests train: that of the tests of serving, with tokens of one byte. `tiny_model.py FOLDER [POSITIONS]`"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3] / "python" / "tests" / "serve"))
from tiny import chat_model, tokenizer

SPECIAL = ["<|bos|>", "<|eos|>", "<|pad|>", "<|user|>", "<|assistant|>", "<|system|>"]
TEMPLATE = (
    "{{ bos_token }}{% for message in messages %}<|{{ message['role'] }}|>{{ message['content'] }}{{ eos_token }}{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)

chat_model(
    Path(sys.argv[1]),
    seed=7,
    words=tokenizer(TEMPLATE, SPECIAL, end="<|eos|>", pad="<|pad|>", pairs=""),
    intermediate_size=128,
    max_position_embeddings=int(sys.argv[2]) if len(sys.argv) > 2 else 512,
    pad_token_id=2,
    initializer_range=0.02,
)
