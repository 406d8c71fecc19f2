package devices

import "floorline/floor"

// demoCustoms are the tariff numbers (HS 2022) and the origins of the demo's goods, so that a parcel abroad has its
// papers.
var demoCustoms = map[string]floor.ItemCustoms{
	"Stoneware mug": {HSCode: "691200", Origin: "PT"}, "Linen tea towel": {HSCode: "630299", Origin: "LT"}, "Beeswax candle": {HSCode: "340600", Origin: "DE"},
	"Oak chopping board": {HSCode: "441990", Origin: "FR"}, "Enamel lunch box": {HSCode: "732394", Origin: "PL"}, "Wool throw": {HSCode: "630120", Origin: "GB"},
	"Glass carafe": {HSCode: "701349", Origin: "CZ"}, "Ceramic planter": {HSCode: "691390", Origin: "PT"}, "Brass hook": {HSCode: "830250", Origin: "IT"},
	"Notebook A5": {HSCode: "482010", Origin: "DE"}, "Fountain pen": {HSCode: "960830", Origin: "JP"}, "Canvas tote": {HSCode: "420222", Origin: "IN"},
	"Bamboo toothbrush": {HSCode: "960321", Origin: "CN"}, "Hand soap": {HSCode: "340130", Origin: "FR"}, "Leather key ring": {HSCode: "420500", Origin: "ES"},
	"Cast iron pan": {HSCode: "732391", Origin: "SE"}, "Bread knife": {HSCode: "821192", Origin: "DE"}, "Storage jar": {HSCode: "701349", Origin: "ES"},
	"Desk lamp": {HSCode: "940521", Origin: "CN", Description: "LED desk lamp with battery"}, "Puzzle 1000 pieces": {HSCode: "950300", Origin: "NL"},
}

// demoLamp is dangerous in the smallest way: a lithium battery inside.
var demoLamp = floor.Dangerous{UN: "3481", Name: "Lithium ion batteries contained in equipment", Class: "9", Mode: floor.Lithium, NetG: 45}
