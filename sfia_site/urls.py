from django.contrib import admin
from django.urls import include, path, re_path

from skills.views.elsewhere import elsewhere

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("skills.urls")),
    re_path("^(?P<address>.+)$", elsewhere, name="elsewhere"),
]
handler400 = "skills.views.errors.bad_request"
handler500 = "skills.views.errors.server_error"
handler404 = "skills.views.errors.page_not_found"
