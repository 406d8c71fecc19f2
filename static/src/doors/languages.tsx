import { choose, LANGUAGES, own, say, type Language } from "../words";

// Languages is the choice of this device's language, each named in itself. Who signs in has one of their own.
export function Languages() {
  const take = (tag: Language) => {
    choose(tag);
    if (document.querySelector(".work")) location.reload(); // the floor hears of it with the next hello
  };
  return (
    <label class="languages">
      {say("door.language")}
      <select data-testid="language" value={own.value} onChange={(e) => take(e.currentTarget.value as Language)}>
        {Object.entries(LANGUAGES).map(([tag, name]) => (
          <option key={tag} value={tag} lang={tag}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
