package devices

import (
	"slices"

	"floorline/floor"
)

// Who may call what, in words.
const (
	anyWorker  = floor.RolePicker | floor.RolePacker | floor.RoleInspector | floor.RoleLead | floor.RoleAdmin | floor.RoleIntegration
	desk       = floor.RoleLead | floor.RoleAdmin | floor.RoleIntegration
	leads      = floor.RoleLead | floor.RoleAdmin
	admins     = floor.RoleAdmin
	benchToo   = desk | floor.RolePacker | floor.RoleInspector
	dockToo    = desk | floor.RolePicker | floor.RolePacker
	apiVersion = "/api/v1"
)

// routes is the whole table: what is asked, who may ask, who answers. What is not here does not exist.
func (s *Server) routes() []route {
	return slices.Concat(s.trustRoutes(), s.doors(), s.goods(), s.work(), s.comingBack())
}

// doors are people, devices and tokens, and what says how the server is.
func (s *Server) doors() []route {
	v := apiVersion
	return []route{
		{"GET", "/healthz", 0, false, true, healthz},
		{"GET", "/readyz", 0, false, true, readyz},
		{"GET", "/metrics", 0, false, true, metrics},
		{"GET", "/api/openapi.json", 0, false, true, openapi},
		{"GET", "/api/asyncapi.json", 0, false, true, asyncapi},
		{"GET", "/api/docs", 0, false, true, docs},
		{"GET", "/api/docs.css", 0, false, true, docsCSS},

		{"POST", v + "/claim", 0, false, true, claim},
		{"POST", v + "/sessions", 0, false, true, signIn},
		{"DELETE", v + "/sessions", anyWorker, true, false, signOut},
		{"GET", v + "/me", anyWorker, true, false, me},
		{"POST", v + "/tokens", admins, false, false, makeToken},
		{"DELETE", v + "/tokens/:id", admins, false, false, dropToken},
		{"GET", v + "/workers", desk, false, false, listWorkers},
		{"POST", v + "/workers", admins, false, false, makeWorker},
		{"GET", v + "/workers/:id", desk, false, false, getWorker},
		{"PATCH", v + "/workers/:id", admins, false, false, changeWorker},
		{"POST", v + "/devices", 0, false, true, pair},
		{"GET", v + "/devices", desk, false, false, listDevices},
		{"GET", v + "/devices/:id", desk, false, false, getDevice},
		{"PUT", v + "/devices/:id", leads, false, false, changeDevice},
		{"DELETE", v + "/devices/:id", leads, false, false, removeDevice},
		{"PUT", v + "/devices/:id/scanner", anyWorker, true, false, putScanner},
		{"DELETE", v + "/devices/:id/scanner", anyWorker, true, false, dropScanner},
		{"POST", v + "/devices/:id/scanner/drift", anyWorker, true, false, driftScanner},
		{"POST", v + "/devices/:id/unlock", leads, false, false, unlockDevice},
		{"POST", v + "/devices/pairings", leads, false, false, makePairing},
		{"GET", v + "/devices/pairings/:code", leads, false, false, pairingQR},
		{"GET", v + "/socket", 0, false, true, socket},
		{"POST", v + "/scans", 0, true, false, scans},
	}
}

// goods are the house, what lies in it, and where.
func (s *Server) goods() []route {
	v := apiVersion
	return []route{
		{"GET", v + "/site", anyWorker, true, false, getSite},
		{"PUT", v + "/site", admins, false, false, putSite},
		{"PUT", v + "/layout", admins, false, false, putLayout},
		{"POST", v + "/aisles/:n/block", leads, false, false, blockAisle(false)},
		{"POST", v + "/aisles/:n/open", leads, false, false, blockAisle(true)},
		{"GET", v + "/layout", anyWorker, true, false, getLayout},
		{"GET", v + "/cutoffs", desk, false, false, cutoffs},
		{"GET", v + "/floorplan", desk, false, false, floorplan},
		{"PUT", v + "/services/:code", desk, false, false, putService},
		{"GET", v + "/services", anyWorker, true, false, listServices},
		{"GET", v + "/services/:code", anyWorker, true, false, getService},
		{"GET", v + "/services/:code/rates", desk, false, false, getRates},
		{"POST", v + "/services/:code/rates", desk, false, false, importRates},
		{"POST", v + "/rates", desk, false, false, askRates},
		{"GET", v + "/carriers", desk, false, false, listCarriers},
		{"GET", v + "/carriers/:code", desk, false, false, getCarrier},
		{"PUT", v + "/carriers/:code", admins, false, false, putCarrier},
		{"PUT", v + "/channels/:code", admins, false, false, putChannel},

		{"GET", v + "/items", anyWorker, true, false, listItems},
		{"GET", v + "/items/:sku", anyWorker, true, false, getItem},
		{"PUT", v + "/items/:sku", desk, false, false, putItem},
		{"GET", v + "/bins", anyWorker, true, false, listBins},
		{"GET", v + "/bins/:code", anyWorker, true, false, getBin},
		{"PUT", v + "/bins/:code", desk, false, false, putBin},
		{"GET", v + "/cartons", anyWorker, true, false, listCartons},
		{"PUT", v + "/cartons/:code", desk, false, false, putCarton},
		{"GET", v + "/walls", anyWorker, true, false, listWalls},
		{"GET", v + "/walls/:code", anyWorker, true, false, getWall},
		{"PUT", v + "/walls/:code", desk, false, false, putWall},
		{"GET", v + "/totes", anyWorker, true, false, listTotes},
		{"POST", v + "/totes", desk, false, false, makeTotes},
		{"GET", v + "/stock", anyWorker, true, false, listStock},
		{"GET", v + "/stock/movements", desk, false, false, listMovements},
		{"GET", v + "/stock/recall", desk, false, false, recallLot},
		{"GET", v + "/stock/recall.csv", desk, false, false, recallCSV},
		{"GET", v + "/lookup", desk, false, false, lookUp},
		{"POST", v + "/stock/adjustments", leads | floor.RoleIntegration, false, false, adjustStock},
		{"GET", v + "/stock/adjustments", desk, false, false, listAdjustments},
		{"POST", v + "/stock/adjustments/:id/judge", leads, false, false, judgeAdjustment},
		{"PUT", v + "/stock/adjustments/rule", leads, false, false, putAdjusting},
		{"POST", v + "/stock/holds", leads | floor.RoleIntegration, false, false, holdStock},
		{"POST", v + "/stock/moves", leads | floor.RoleIntegration, false, false, moveStock},
		{"GET", v + "/purchases", desk, false, false, listPurchaseOrders},
		{"POST", v + "/purchases", desk, false, false, createPurchaseOrder},
		{"GET", v + "/purchases/:id", desk, false, false, getPurchaseOrder},
		{"POST", v + "/purchases/:id/end", desk, false, false, endPurchaseOrder},
		{"GET", v + "/goods-in", desk, false, false, goodsIn},
		{"PUT", v + "/goods-in/rule", leads, false, false, putReceiving},
		{"GET", v + "/receipts", desk, false, false, listReceipts},
		{"GET", v + "/receipts/:id", desk, false, false, getReceipt},
		{"GET", v + "/receipts/:id/labels.pdf", desk, false, false, receiptLabels},
		{"GET", v + "/receipts/:id/pallets/:sscc/label.pdf", desk, false, false, receivedPalletLabel},
		{"GET", v + "/counts", desk, false, false, counts},
		{"POST", v + "/counts", desk, false, false, planCounts},
		{"POST", v + "/counts/:id/judge", leads, false, false, judgeCount},
		{"GET", v + "/replenishments", desk, false, false, replenishments},
		{"POST", v + "/replenishments", desk, false, false, planReplenish},
		{"PUT", v + "/counts/rule", leads, false, false, putCounting},
		{"GET", v + "/reorder", desk, false, false, reorderView},
		{"GET", v + "/reorder.csv", desk, false, false, reorderCSV},
		{"PUT", v + "/reorder/policy", leads, false, false, putBuying},
		{"GET", v + "/items/:sku/demand", desk, false, false, itemDemand},
	}
}

// comingBack is goods that come back.
func (s *Server) comingBack() []route {
	v := apiVersion
	return []route{
		{"GET", v + "/returns", desk | floor.RoleInspector, false, false, listReturns},
		{"POST", v + "/returns", desk | floor.RoleInspector, false, false, createReturn},
		{"GET", v + "/returns/policy", desk | floor.RoleInspector, false, false, getReturnPolicy},
		{"PUT", v + "/returns/policy", admins, false, false, putReturnPolicy},
		{"GET", v + "/returns/report", desk, false, false, returnReport},
		{"GET", v + "/returns/:id/label.pdf", benchToo, false, false, returnLabel},
		{"GET", v + "/returns/:id", desk | floor.RoleInspector, false, false, getReturn},
		{"POST", v + "/returns/:id/settle", desk | floor.RoleInspector, false, false, settleReturn},
		{"POST", v + "/returns/:id/cancel", desk, false, false, endReturn("cancel")},
		{"POST", v + "/returns/:id/refuse", desk | floor.RoleInspector, false, false, endReturn("refuse")},
		{"POST", v + "/returns/:id/photos", desk | floor.RoleInspector, false, false, addReturnPhoto},
		{"GET", v + "/returns/:id/photos/:hash", desk | floor.RoleInspector, false, false, returnPhoto},
		{"POST", v + "/orders/:id/return-link", desk, false, false, makeReturnLink},
		{"GET", "/r/:token", 0, false, true, customerPage},
		{"POST", "/r/:token", 0, false, true, customerPage},
		{"GET", "/r/:token/:id.pdf", 0, false, true, customerLabel},
		{"GET", "/r.css", 0, false, true, returnsCSS},
	}
}

// work is orders, from coming in to leaving.
func (s *Server) work() []route {
	v := apiVersion
	return []route{
		{"GET", v + "/orders", desk, false, false, listOrders},
		{"POST", v + "/orders", desk, false, false, createOrder},
		{"GET", v + "/orders/:id", benchToo, true, false, getOrder},
		{"POST", v + "/orders/:id/cancel", desk, false, false, cancelOrder},
		{"POST", v + "/orders/:id/hold", desk, false, false, holdOrder},
		{"POST", v + "/orders/:id/send-part", desk, false, false, sendPart},
		{"POST", v + "/orders/:id/unhold", desk, false, false, unholdOrder},
		{"POST", v + "/orders/:id/put-back", leads, false, false, putBack},
		{"GET", v + "/orders/:id/rates", benchToo, true, false, orderRates},
		{"POST", v + "/orders/:id/service", desk, false, false, changeService},
		{"GET", v + "/orders/:id/slip.pdf", benchToo, false, false, slipPDF},
		{"POST", v + "/imports", desk, false, false, importOrders},
		{"POST", v + "/imports/:kind", desk, false, false, importTable},
		{"GET", v + "/templates/:name", anyWorker, true, false, template},
		{"POST", "/hooks/:platform", 0, false, true, hook},
		{"POST", "/hooks/carriers/:code", 0, false, true, carrierHook},
		{"GET", "/t/:token", 0, false, true, trackPage},
		{"GET", "/t.css", 0, false, true, trackCSS},
		{"POST", v + "/hooks/:platform", 0, false, true, hook},

		{"GET", v + "/waves", desk, false, false, listWaves},
		{"POST", v + "/waves", desk, false, false, releaseWave},
		{"GET", v + "/waves/:id", desk, false, false, getWave},
		{"POST", v + "/waves/:id/orders", desk, false, false, addToWave},
		{"DELETE", v + "/waves/:id/orders/:order", desk, false, false, takeFromWave},
		{"GET", v + "/auto-release", desk, false, false, getAutoRelease},
		{"PUT", v + "/auto-release", leads, false, false, putAutoRelease},
		{"GET", v + "/picklists", desk, false, false, listPickLists},
		{"GET", v + "/picklists/:id.pdf", desk, true, false, pickListPDF},
		{"GET", v + "/picklists/:id/walk", desk, false, false, walkOf},
		{"GET", v + "/picklists/:id", anyWorker, true, false, getPickList},
		{"GET", v + "/parcels", desk, false, false, listParcels},
		{"GET", v + "/parcels/:id/label.pdf", benchToo, false, false, parcelLabel},
		{"POST", v + "/parcels/:id/relabel", leads | floor.RoleIntegration, false, false, relabel},
		{"GET", v + "/label-purchases", desk, false, false, listPurchases},
		{"POST", v + "/label-purchases/:id/retry", leads, false, false, retryPurchase},
		{"GET", v + "/parcels/:id/label.zpl", benchToo, false, false, parcelLabel},
		{"GET", v + "/parcels/:id/customs.pdf", benchToo, false, false, parcelCustoms},
		{"GET", v + "/parcels/:id/customs.zpl", benchToo, false, false, parcelCustoms},
		{"GET", v + "/parcels/:id/invoice.pdf", benchToo, false, false, parcelInvoice},
		{"GET", v + "/parcels/:id/hazard.pdf", benchToo, false, false, parcelHazard},
		{"GET", v + "/parcels/:id/hazard.zpl", benchToo, false, false, parcelHazard},
		{"GET", v + "/parcels/:id/return.pdf", benchToo, false, false, parcelReturn},
		{"GET", v + "/parcels/:id/return.zpl", benchToo, false, false, parcelReturn},
		{"POST", v + "/parcels/:id/tracking-events", desk, false, false, trackParcel},
		{"GET", v + "/parcels/:id", anyWorker, true, false, getParcel},
		{"GET", v + "/manifests", desk, true, false, listManifests},
		{"POST", v + "/manifests", desk, false, false, openManifest},
		{"GET", v + "/manifests/:id.pdf", desk, true, false, manifestPDF},
		{"GET", v + "/manifests/:id.csv", desk, false, false, manifestCSV},
		{"GET", v + "/manifests/:id", desk, true, false, getManifest},
		{"POST", v + "/manifests/:id/close", desk, false, false, closeManifest},
		{"GET", v + "/prints", desk, false, false, listPrints},
		{"POST", v + "/prints/:id/retry", leads, false, false, retryPrint},
		{"POST", v + "/prints", benchToo, false, false, askPrint},
		{"POST", v + "/prints/:id/reroute", benchToo, false, false, reroutePrint},
		{"POST", v + "/prints/:id/reprint", benchToo, false, false, reprintPrint},
		{"POST", v + "/prints/:id/void", leads, false, false, voidPrint},
		{"GET", v + "/printers", benchToo, false, false, listPrinters},
		{"GET", v + "/printers/:code", benchToo, false, false, getPrinter},
		{"PUT", v + "/printers/:code", leads, false, false, putPrinter},
		{"DELETE", v + "/printers/:code", leads, false, false, removePrinter},
		{"GET", v + "/exceptions", desk, false, false, listExceptions},
		{"POST", v + "/exceptions/:id/close", leads, false, false, closeException},
		{"GET", v + "/scanner/codes.pdf", anyWorker, true, false, calibrationSheet},
		{"GET", v + "/labels/:kind.pdf", desk, false, false, labelSheet},
		{"GET", v + "/floor", desk, false, false, floorView},
		{"GET", v + "/events", leads | floor.RoleIntegration, false, false, listEvents},
		{"GET", v + "/demo/sheet.pdf", leads, false, false, demoSheet},
		{"POST", v + "/demo/reset", leads, false, false, demoReset},

		{"POST", v + "/manifests/:id/reopen", leads, false, false, reopenManifest},
		{"POST", v + "/manifests/:id/parcels", desk, false, false, planParcels},
		{"POST", v + "/manifests/:id/vehicle", desk, false, false, noteVehicle},
		{"POST", v + "/manifests/:id/photos", dockToo, true, false, addPhoto},
		{"GET", v + "/manifests/:id/photos/:n", desk, false, false, loadPhoto},
		{"POST", v + "/manifests/:id/signature", dockToo, true, false, addSignature},
		{"GET", v + "/manifests/:id/signature.svg", desk, false, false, loadSignature},
		{"GET", v + "/pallets", anyWorker, true, false, listPallets},
		{"POST", v + "/pallets", dockToo, true, false, makePallet},
		{"GET", v + "/pallets/:id/label.pdf", anyWorker, true, false, palletLabel},
		{"POST", v + "/pallets/:id/reopen", dockToo, true, false, reopenPallet},
		{"GET", v + "/pallets/:id", anyWorker, true, false, getPallet},
		{"POST", v + "/parcels/:id/reroute", leads, false, false, rerouteParcel},
	}
}
