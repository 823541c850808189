from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("skills.urls")),
]
handler400 = "skills.views.errors.bad_request"
handler404 = "skills.views.errors.page_not_found"
