interface Samples {
  greeting: string
  help: string
  table: string
  math: string
  code: string
  list: string
  notice: string
  images: (count: number) => string
  echo: (question: string) => string
  reasoning: (question: string) => string
}

/** What the demo model has to say, by language. */
export function samplesIn(language: 'en' | 'zh'): Samples {
  return language === 'zh' ? chinese : english
}

const code = {
  en: 'Counts how often each word occurs',
  zh: '统计每个词出现的次数',
}

function codeIn(language: 'en' | 'zh'): string {
  return `\`\`\`ts
/** ${code[language]}. */
export function countWords(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const [word] of text.toLowerCase().matchAll(/\\p{L}+/gu)) {
    counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  return counts
}
\`\`\`

\`\`\`python
from collections import Counter

def count_words(text: str) -> Counter:
    """${code[language]}."""
    return Counter(text.lower().split())
\`\`\``
}

const english: Samples = {
  notice: '*This is the demo model: it shows how answers look and understands nothing.*',
  greeting:
    'Hello! Nice to see you. Ask me for **a table**, **code**, **mathematics** or **a list**, and I will show how such an answer looks here. Ask for **help** to learn how a real model is connected.',
  help: `I am a stand-in without any intelligence, so that AIChat can be tried before a provider is connected. I answer from a few prepared texts.

To talk to a real model, an administrator does this once:

1. Open **Settings → Connections** and press **Add connection**.
2. Enter the provider's address, such as \`https://api.openai.com/v1\`, and its API key.
3. Press **Verify**: the provider's own words say whether it works.
4. Save. Its models appear in the model selector.

Besides \`demo\` there are \`demo-reasoner\` (thinks aloud first), \`demo-writer\` (a very long answer) and \`demo-slow\` (takes its time).`,
  table: `Three ways to store a conversation, side by side:

| Way | Survives a reload | Survives a crash | Cost |
| --- | :---: | :---: | ---: |
| In the page only | no | no | 0 |
| Saved when the answer ends | partly | no | 1 write |
| Logged while it is written | yes | yes | about 5 writes a second |

The last line is what AIChat does.`,
  math: `The solutions of $ax^2 + bx + c = 0$ with $a \\neq 0$ are

$$
x_{1,2} = \\frac{-b \\pm \\sqrt{b^2 - 4ac}}{2a}
$$

and they are real exactly when $b^2 \\ge 4ac$. Summing the first $n$ squares gives

$$
\\sum_{k=1}^{n} k^2 = \\frac{n(n+1)(2n+1)}{6}.
$$`,
  code: `The same small task in two languages:\n\n${codeIn('en')}`,
  list: `A small checklist:

1. Decide what "done" means.
2. Do the part you understand least first.
   - It decides whether the rest is worth doing.
   - It is never smaller than it looks.
3. Show it to somebody.

- [x] Ask the demo model
- [ ] Connect a real one`,
  images: (count) =>
    `${count === 1 ? 'Your image has' : `Your ${count} images have`} arrived. A real model that sees would now look at ${count === 1 ? 'it' : 'them'}; I can only count.`,
  echo: (question) =>
    `You wrote: “${question}”\n\nA real model would now give this some thought. I can only repeat it, but you see how an answer arrives, piece by piece, and that it is still here after a reload.`,
  reasoning: (question) =>
    `The user wrote “${question}”. First I look at the language, which is English. Then I look for a word I know: table, code, mathematics, list, help. Whatever I find, the answer is one of my prepared texts, and it has to say that I am a demo. That settles it.`,
}

const chinese: Samples = {
  notice: '*这是演示模型：只展示回答的样子，并不理解内容。*',
  greeting:
    '你好，很高兴见到你！可以让我展示**表格**、**代码**、**数学公式**或**列表**，看看回答在这里的样子；输入**帮助**可以了解如何接入真实的模型。',
  help: `我是一个没有智能的替身，让你在接入模型服务之前就能试用 AIChat。我的回答都来自预先写好的几段文字。

要与真实的模型对话，请管理员完成一次设置：

1. 打开**设置 → 连接**，点击**添加连接**。
2. 填写服务地址（例如 \`https://api.openai.com/v1\`）和 API 密钥。
3. 点击**验证**，会显示服务方的原话，说明是否可用。
4. 保存。它的模型会出现在模型选择器里。

除了 \`demo\`，还有 \`demo-reasoner\`（先思考再回答）、\`demo-writer\`（很长的回答）和 \`demo-slow\`（慢慢回答）。`,
  table: `保存对话的三种方式：

| 方式 | 刷新后还在 | 崩溃后还在 | 代价 |
| --- | :---: | :---: | ---: |
| 只在页面里 | 否 | 否 | 0 |
| 回答结束时保存 | 部分 | 否 | 写入 1 次 |
| 边写边记录 | 是 | 是 | 每秒约 5 次写入 |

最后一种就是 AIChat 的做法。`,
  math: `当 $a \\neq 0$ 时，方程 $ax^2 + bx + c = 0$ 的解是

$$
x_{1,2} = \\frac{-b \\pm \\sqrt{b^2 - 4ac}}{2a}
$$

当且仅当 $b^2 \\ge 4ac$ 时它们是实数。前 $n$ 个平方数之和是

$$
\\sum_{k=1}^{n} k^2 = \\frac{n(n+1)(2n+1)}{6}.
$$`,
  code: `同一个小任务，用两种语言写：\n\n${codeIn('zh')}`,
  list: `一份小清单：

1. 先说清楚怎样才算完成。
2. 从最不明白的部分做起。
   - 它决定其余部分值不值得做。
   - 它从来不会比看上去更小。
3. 拿给别人看。

- [x] 问问演示模型
- [ ] 接入真实的模型`,
  images: (count) => `收到了 ${count} 张图片。真实的视觉模型会看懂它们，而我只会数数。`,
  echo: (question) =>
    `你写道：“${question}”\n\n真实的模型会认真思考，而我只能复述。不过你可以看到回答是怎样一点一点出现的，刷新页面之后它也还在。`,
  reasoning: (question) =>
    `用户写道“${question}”。先看语言，是中文。再找我认识的词：表格、代码、数学、列表、帮助。无论找到哪一个，回答都是预先写好的文字，并且要说明我是演示模型。就这样回答。`,
}
