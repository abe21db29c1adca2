"""The words of a status word: plain, friendly, unlike one another when said aloud.

The place of a word is part of every status word already given out: never reorder, never replace.
"""

from __future__ import annotations

from huiyin.rules.procedure import Words

_LIST = """
青山 hill, 木桥 bridge, 竹林 bamboo, 月亮 moon, 太阳 sun, 星星 star, 白云 cloud, 彩虹 rainbow, 小河 brook,
大海 sea, 湖水 lake, 瀑布 waterfall, 沙滩 beach, 草原 meadow, 森林 forest, 山谷 valley, 田野 field,
果园 orchard, 花园 garden, 池塘 pond, 泉水 spring, 海岛 island, 港湾 harbour, 灯塔 lighthouse,
风车 windmill, 水井 well, 石头 stone, 贝壳 shell, 珍珠 pearl, 琥珀 amber, 松树 pine, 柳树 willow,
杨树 poplar, 枫叶 maple, 银杏 ginkgo, 桂花 osmanthus, 荷花 lotus, 梅花 plum, 兰花 orchid, 菊花 daisy,
牡丹 peony, 玫瑰 rose, 茉莉 jasmine, 百合 lily, 水仙 narcissus, 葵花 sunflower, 薄荷 mint, 蘑菇 mushroom,
苹果 apple, 香蕉 banana, 葡萄 grape, 西瓜 melon, 樱桃 cherry, 桃子 peach, 橘子 orange, 柠檬 lemon,
石榴 pomegranate, 荔枝 lychee, 芒果 mango, 菠萝 pineapple, 草莓 strawberry, 红枣 date, 核桃 walnut,
板栗 chestnut, 花生 peanut, 芝麻 sesame, 玉米 maize, 小麦 wheat, 水稻 rice, 高粱 sorghum, 大豆 soybean,
豌豆 pea, 南瓜 pumpkin, 冬瓜 gourd, 黄瓜 cucumber, 番茄 tomato, 茄子 aubergine, 辣椒 pepper, 萝卜 radish,
土豆 potato, 白菜 cabbage, 菠菜 spinach, 芹菜 celery, 韭菜 chive, 大蒜 garlic, 生姜 ginger, 蜂蜜 honey,
豆腐 tofu, 馒头 bun, 面条 noodle, 饺子 dumpling, 月饼 mooncake, 红茶 tea, 牛奶 milk, 咖啡 coffee, 白糖 sugar,
食盐 salt, 酱油 sauce, 米醋 vinegar, 熊猫 panda, 老虎 tiger, 狮子 lion, 大象 elephant, 骆驼 camel, 山羊 goat,
绵羊 sheep, 水牛 buffalo, 骏马 horse, 驴子 donkey, 白兔 rabbit, 松鼠 squirrel, 刺猬 hedgehog, 猴子 monkey,
袋鼠 kangaroo, 斑马 zebra, 海豚 dolphin, 鲸鱼 whale, 金鱼 goldfish, 鲤鱼 carp, 螃蟹 crab, 龙虾 lobster,
海龟 turtle, 青蛙 frog, 蜻蜓 dragonfly, 蝴蝶 butterfly, 蜜蜂 bee, 蚂蚁 ant, 蜗牛 snail, 燕子 swallow,
喜鹊 magpie, 鸽子 pigeon, 麻雀 sparrow, 孔雀 peacock, 天鹅 swan, 大雁 goose, 鸭子 duck, 公鸡 rooster,
白鹭 egret, 仙鹤 crane, 鹦鹉 parrot, 企鹅 penguin, 海鸥 gull, 茶壶 teapot, 瓷碗 bowl, 筷子 chopstick,
勺子 spoon, 盘子 plate, 杯子 cup, 竹篮 basket, 水桶 bucket, 锅盖 lid, 炉子 stove, 桌子 table, 椅子 chair,
板凳 bench, 柜子 cupboard, 枕头 pillow, 棉被 quilt, 窗帘 curtain, 地毯 carpet, 镜子 mirror, 梳子 comb,
毛巾 towel, 肥皂 soap, 牙刷 toothbrush, 剪刀 scissors, 针线 needle, 纽扣 button, 围巾 scarf, 手套 glove,
草帽 hat, 布鞋 shoe, 雨伞 umbrella, 书包 satchel, 铅笔 pencil, 毛笔 brush, 墨水 ink, 白纸 paper,
信封 envelope, 邮票 stamp, 日历 calendar, 地图 map, 字典 dictionary, 故事 story, 诗歌 poem, 图画 picture,
相片 photo, 灯笼 lantern, 蜡烛 candle, 风筝 kite, 陀螺 top, 皮球 ball, 积木 block, 象棋 chess, 拼图 puzzle,
铃铛 bell, 二胡 fiddle, 笛子 flute, 古筝 zither, 琵琶 lute, 口琴 harmonica, 钢琴 piano, 吉他 guitar,
喇叭 trumpet, 大鼓 drum, 铜锣 gong, 火车 train, 汽车 car, 轮船 ship, 帆船 sailboat, 飞机 airplane, 马车 cart,
电梯 lift, 隧道 tunnel, 车站 station, 码头 pier, 公园 park, 广场 square, 图书 book, 学校 school, 市场 market,
茶馆 teahouse, 操场 playground, 屋顶 roof, 烟囱 chimney, 窗户 window, 大门 gate, 楼梯 stairs, 院子 yard,
小路 path, 凉亭 pavilion, 宝塔 pagoda, 城墙 wall, 水车 waterwheel, 梯田 terrace, 帐篷 tent, 锄头 hoe,
锤子 hammer, 钉子 nail, 绳子 rope, 梯子 ladder, 钥匙 key, 时钟 clock, 眼镜 glasses, 算盘 abacus, 磁铁 magnet,
天平 scale, 春天 springtime, 夏天 summer, 秋天 autumn, 冬天 winter, 早晨 morning, 傍晚 evening,
雪花 snowflake, 微风 breeze, 露珠 dew
"""

STATUS_WORDS: tuple[Words, ...] = tuple(Words(*entry.split()) for entry in _LIST.split(","))
