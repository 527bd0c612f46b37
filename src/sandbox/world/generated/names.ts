type Words = readonly [string, ...string[]];

/** Given names, and the two parts that family names are put together of: many, so that no name is shared by too many. */
export interface Script {
  readonly given: Words;
  readonly stems: Words;
  readonly endings: Words;
}

/** Blank-separated words as a list. */
function words(text: string): Words {
  const [first = "", ...rest] = text.split(/\s+/u);
  return [first, ...rest];
}

/** Several scripts, so that a search by first letters needs more than one alphabet. */
export const SCRIPTS: readonly [Script, ...Script[]] = [
  {
    given: words("Anna Ben Clara David Emma Felix Greta Hugo Iris Jakob Lena Max Nora Oscar"),
    stems: words(
      "Web Nov Lars Mor Ros Silv Kowal Murph Jans Berg Cost Horv Lind Fisch Dahl Eck Gart Heid Ivers Kell Oster Palm Quint Reut Stein Thorn Ulr Vogel Wint Zell",
    ),
    endings: words("er ak en eau ini a ski y sen mann feld ová"),
  },
  {
    given: words("Александр Мария Дмитрий Ольга Сергей Наталья Юрий Вера Ігор Леся"),
    stems: words(
      "Шевч Бонд Ткач Ковал Кравч Мельн Гончар Петр Иван Лыс Савч Рудн Поляк Зайц Белоус Яков Фомин Хар Цвет Ерм",
    ),
    endings: words("енко ук ов ева ский ич ко ин ец юк ак ева-Лис"),
  },
  {
    given: words("يوسف ليلى عمر نور سمير هدى طارق زينب"),
    stems: words("منص حد خل نج قس بر جب در ره سل شر صب ضي عب غز فر كر وه ياس ثن"),
    endings: words("ور اد يل ار ان اوي ين ون يم الله ات يس"),
  },
  {
    given: words("葵 蓮 結衣 大翔 さくら 陽菜 悠真 凛"),
    stems: words("佐 鈴 高 田 渡 伊 山 中 小 加 吉 松 井 木 林 清 森 池 橋 石"),
    endings: words("藤 木 橋 中 辺 本 村 田 川 野 口 島 原 崎"),
  },
  {
    given: words("Ελένη Γιώργος Σοφία Νίκος Δήμητρα Κώστας Άννα"),
    stems: words(
      "Παπαδ Γεωργ Νικολ Δημητρ Κωνσταντ Βασιλ Αθανασ Μιχαλ Στεφαν Χριστ Ιωανν Αντων Θεοδωρ Λαμπρ Μακρ Ξενακ Οικονομ Ραλλ Σταθ Τσαλ",
    ),
    endings: words("άκης ίου αΐδης όπουλος άκος έλης ούδης ιάδης ίδης άτος όγλου ινός"),
  },
];
