// SPDX-License-Identifier: Apache-2.0
// Shapes written in WKT (GeoSPARQL) on a map without tiles: nothing is fetched, lines of latitude and longitude tell where.

/** The GeoJSON geometry of a WKT literal; null for what is none or of a kind that is not drawn. */
globalThis.mercatShape = (text) => {
  const parts = /^\s*(?:<([^>]*)>)?\s*(POINT|LINESTRING|POLYGON|MULTIPOINT|MULTILINESTRING|MULTIPOLYGON)\s*(?:Z|M|ZM)?\s*(\(.*\))\s*$/is.exec(text);
  if (!parts) return null;
  const isLatitudeFirst = /EPSG\/\d*\/?4326$/.test(parts[1] ?? "");
  const number = "[-+]?\\d*\\.?\\d+(?:e[-+]?\\d+)?";
  const nested = parts[3]
    .replace(new RegExp(`${number}(?:\\s+${number})+`, "gi"), (position) => {
      const [a, b] = position.split(/\s+/).map(Number);
      return `[${isLatitudeFirst ? [b, a] : [a, b]}]`;
    })
    .replaceAll("(", "[").replaceAll(")", "]");
  const types = { POINT: "Point", LINESTRING: "LineString", POLYGON: "Polygon",
    MULTIPOINT: "MultiPoint", MULTILINESTRING: "MultiLineString", MULTIPOLYGON: "MultiPolygon" };
  const type = types[parts[2].toUpperCase()];
  try {
    const read = JSON.parse(nested);
    if (type === "Point") return { type, coordinates: read[0] };
    return { type, coordinates: type === "MultiPoint" ? read.map((each) => (Array.isArray(each[0]) ? each[0] : each)) : read };
  } catch {
    return null;
  }
};

/** Lines of latitude and longitude, some six across, with their degrees. */
const graticule = (map) => {
  const lines = L.layerGroup().addTo(map);
  const draw = () => {
    lines.clearLayers();
    const bounds = map.getBounds();
    const width = Math.max(bounds.getEast() - bounds.getWest(), 1e-6);
    const step = [45, 30, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001].find((each) => width / each >= 5) ?? 0.0005;
    const label = (at, degrees, sides) => L.marker(at, { interactive: false, keyboard: false,
      icon: L.divIcon({ className: "degrees", html: `${Number(Math.abs(degrees).toFixed(4))}° ${degrees < 0 ? sides[1] : sides[0]}`, iconSize: null }) });
    const line = (points) => L.polyline(points, { className: "graticule", interactive: false, weight: 1 });
    const each = (from, to, most, use) => {
      for (let i = Math.ceil(Math.max(from, -most) / step); i * step <= Math.min(to, most); i++) use(i * step);
    };
    each(bounds.getWest(), bounds.getEast(), 540, (x) => {
      lines.addLayer(line([[bounds.getSouth(), x], [bounds.getNorth(), x]]));
      lines.addLayer(label([bounds.getSouth(), x], ((x + 540) % 360) - 180, "EW"));
    });
    each(bounds.getSouth(), bounds.getNorth(), 85, (y) => {
      lines.addLayer(line([[y, bounds.getWest()], [y, bounds.getEast()]]));
      lines.addLayer(label([y, bounds.getWest()], y, "NS"));
    });
  };
  map.on("moveend resize", draw);
  draw();
};

/** Draws shapes, each with a text that a click shows: [{ shape, text }]. Returns the map. */
globalThis.mercatMap = (element, shapes) => {
  const map = L.map(element, { attributionControl: false, worldCopyJump: true, minZoom: 1, zoomSnap: 0.5 });
  const layer = L.geoJSON(shapes.map(({ shape, text }) => ({ type: "Feature", geometry: shape, properties: { text } })), {
    style: { className: "shape", weight: 2 },
    pointToLayer: (_, at) => L.circleMarker(at, { radius: 6, className: "shape", weight: 2 }),
    onEachFeature: (feature, drawn) => {
      const lines = document.createElement("div");
      lines.className = "popup";
      lines.textContent = feature.properties.text;
      drawn.bindPopup(lines);
    },
  }).addTo(map);
  const bounds = layer.getLayers().map((each) => (each.getBounds ? each.getBounds() : L.latLngBounds([each.getLatLng()])));
  const local = bounds.filter((each) => each.getEast() - each.getWest() < 180); // what is everywhere would hide where the rest is
  const shown = (local.length ? local : bounds).reduce((all, each) => all.extend(each), L.latLngBounds([]));
  map.fitBounds(shown.pad(0.15), { maxZoom: 14 });
  graticule(map);
  return map;
};
